/** What is read, what rings and who is heard, over two nodes on a real Redis and one store. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { members } from '../../../shared/contracts/members.js';
import { messages } from '../../../shared/contracts/messages.js';
import { presence } from '../../../shared/contracts/presence.js';
import { reading } from '../../../shared/contracts/reading.js';
import { openHouse, type House } from '../../support/house.js';
import { startRedis } from '../../support/processes.js';
import { dataOf } from '../members/browser.js';
import { openChatHouse, type ChatHouse } from '../chat/chatHouse.js';
import { badge, calling, listOf, speak, stateOf } from './readHouse.js';

let redis: Awaited<ReturnType<typeof startRedis>>;
let here: ChatHouse;
let beside: House;
beforeAll(async () => {
  redis = await startRedis();
  here = await openChatHouse({ redisUrl: redis.url });
  beside = await openHouse({ beside: here.house, redisUrl: redis.url });
});
afterAll(async () => {
  await beside.close();
  await here.house.close();
  await redis.stop();
});

it('counts on one node what was said, deleted and read on the other', async () => {
  const { house, general } = here;
  const [alice, bob] = [await house.guest(), await beside.guest()];
  const phone = await house.guest({ as: bob });
  for (const guest of [alice, bob, phone]) await listOf(guest);
  const message = await speak(alice, general, 'Bob', { mentions: calling(bob) });
  expect(await bob.next(reading.called)).toEqual({ roomId: general, threadId: null });
  await bob.next(reading.rang, ({ lastSeq }) => lastSeq >= message.seq);
  expect(await badge(bob, general)).toEqual([1, 1]);
  expect(await badge(phone, general)).toEqual([1, 1]);

  dataOf(await alice.call(messages.remove, { roomId: general, messageId: message.id }));
  await bob.next(reading.rang, ({ calls }) => calls);
  expect(await badge(bob, general)).toEqual([0, 0]);

  const next = await speak(bob, general, 'My own');
  const answer = await speak(alice, general, 'An answer');
  expect(answer.seq).toBe(next.seq + 1);
  await bob.next(reading.rang, ({ lastSeq }) => lastSeq >= answer.seq);
  expect(await badge(bob, general)).toEqual([1, 0]);
  dataOf(await phone.call(reading.mark, { roomId: general, seq: answer.seq }));
  expect(await bob.next(reading.changed)).toEqual(await stateOf(phone, general));
  expect(await stateOf(bob, general)).toEqual(await stateOf(phone, general));
});

it('silences the bell on both when a right ends', async () => {
  const { house, lounge } = here;
  const organizer = await house.guest({ role: 'organizer' });
  const [alice, bob] = [await house.guest({ tier: 'supporter' }), await beside.guest({ tier: 'supporter' })];
  for (const guest of [alice, bob]) await listOf(guest);
  const first = await speak(alice, lounge, 'Among us');
  await bob.next(reading.rang, ({ lastSeq }) => lastSeq >= first.seq);
  dataOf(await organizer.ask(members.giveTier, { memberId: bob.id, tierKey: null }));
  // The other node judges when it hears of it; the bell is left by the time its member is told nothing more may be read.
  const actorKnows = async (): Promise<boolean> => !(await bob.call(reading.show, { roomId: lounge })).ok && !beside.app.io.sockets.adapter.rooms.get(`bell:${lounge}`)?.has(bob.socket.id ?? '');
  while (!(await actorKnows())) await new Promise((resolve) => setTimeout(resolve, 10));
  const before = (await bob.heard(reading.rang, house.app.deps)).length;
  const { seq } = await speak(alice, lounge, 'Bob?', { mentions: calling(bob) });
  await alice.next(reading.rang, ({ roomId, lastSeq }) => roomId === lounge && lastSeq >= seq);
  expect(await bob.heard(reading.rang, house.app.deps)).toHaveLength(before);
  expect(await bob.heard(reading.called, house.app.deps)).toEqual([]);
});

it('hears people on both', async () => {
  const { house, general } = here;
  const [alice, bob] = [await house.guest(), await beside.guest()];
  for (const guest of [alice, bob]) dataOf(await guest.call(chat.join, { roomId: general }));
  const heardAt = new Date().toISOString();
  dataOf(await bob.call(presence.heard, {}));
  await alice.next(chat.hereChanged, ({ people }) => people.some((person) => person.id === bob.id && person.heardAt >= heardAt));
  dataOf(await bob.call(presence.setStatus, { status: 'busy' }));
  await alice.next(chat.hereChanged, ({ people }) => people.some((person) => person.id === bob.id && person.status === 'busy'));
  expect(dataOf(await alice.call(chat.here, { roomId: general })).people.find(({ id }) => id === bob.id)).toMatchObject({ status: 'busy' });
});
