/** When somebody was last heard, and what they say of themselves: moved by what they do, never by connecting. */
import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { members } from '../../../shared/contracts/members.js';
import { messages } from '../../../shared/contracts/messages.js';
import { presence } from '../../../shared/contracts/presence.js';
import { reading } from '../../../shared/contracts/reading.js';
import { limits } from '../../../shared/limits.js';
import { roomChannel } from '../../../server/realtime/channels.js';
import type { Guest } from '../../support/guest.js';
import { dataOf } from '../members/browser.js';
import { openChatHouse, say, type ChatHouse } from '../chat/chatHouse.js';

let here: ChatHouse;
// Far ahead: sessions that ended in the store's own past would be removed by it.
let clock = Date.parse('2096-01-01T10:00:00.000Z');
beforeAll(async () => {
  here = await openChatHouse({ now: () => new Date(clock) });
});
afterAll(() => here.house.close());

const never = new Date(0).toISOString();

/** How `whom` stands in the room, as `who` is told. */
async function seen(who: Guest, whom: Guest, roomId = here.general): Promise<{ heardAt: string; status: string } | undefined> {
  return dataOf(await who.call(chat.here, { roomId })).people.find(({ id }) => id === whom.id);
}

/** Lets ten minutes pass, and says what time it is then. */
function later(): string {
  clock += 600_000;
  return new Date(clock).toISOString();
}

it('is moved by what a member does, and by nothing that their devices do', async () => {
  const { house, general } = here;
  const [alice, bob] = [await house.guest(), await house.guest()];
  for (const guest of [alice, bob]) dataOf(await guest.call(chat.join, { roomId: general }));
  expect(await seen(bob, alice)).toMatchObject({ heardAt: never, status: 'available' });

  const acts: (() => Promise<unknown>)[] = [
    () => alice.call(presence.heard, {}),
    () => alice.call(chat.typing, { roomId: general }),
    () => alice.call(chat.send, say(general, 'Hello')),
    () => alice.call(messages.react, { roomId: general, messageId: first.id, emoji: '👍', isOn: true }),
    () => alice.call(messages.edit, { roomId: general, messageId: first.id, text: 'Hello there' }),
  ];
  const first = dataOf(await alice.call(chat.send, say(general, 'First')));
  for (const act of acts) {
    const at = later();
    await act();
    // Away before, so the room is told at once.
    await bob.next(chat.hereChanged, ({ people }) => people.some(({ id, heardAt }) => id === alice.id && heardAt === at));
    expect(await seen(bob, alice)).toMatchObject({ heardAt: at });
  }

  const before = (await seen(bob, alice))?.heardAt;
  later();
  const second = await house.guest({ as: alice });
  dataOf(await second.call(chat.join, { roomId: general }));
  dataOf(await second.call(chat.history, { roomId: general }));
  dataOf(await second.call(reading.list, {}));
  dataOf(await second.call(reading.mark, { roomId: general, seq: 1 }));
  alice.close();
  expect(await seen(bob, second)).toMatchObject({ heardAt: before });
});

it('answers with the house’s time', async () => {
  const at = later();
  expect(dataOf(await (await here.house.guest()).call(presence.heard, {}))).toEqual({ heardAt: at });
});

it('tells a room at once of whoever was away, and otherwise does not disturb it', async () => {
  const { house, lounge } = here;
  const [alice, bob] = [await house.guest({ tier: 'supporter' }), await house.guest({ tier: 'supporter' })];
  for (const guest of [alice, bob]) dataOf(await guest.call(chat.join, { roomId: lounge }));
  const back = later();
  dataOf(await alice.call(presence.heard, {}));
  await bob.next(chat.hereChanged, ({ people }) => people.some(({ id, heardAt }) => id === alice.id && heardAt === back));
  const told = (await bob.heard(chat.hereChanged)).length;
  for (let minute = 0; minute < 3; minute += 1) {
    clock += 60_000;
    dataOf(await alice.call(presence.heard, {}));
  }
  expect(await seen(bob, alice, lounge)).toMatchObject({ heardAt: new Date(clock).toISOString() });
  expect(await bob.heard(chat.hereChanged)).toHaveLength(told);
});

it('keeps a status, shows it on all devices and in the rooms', async () => {
  const { house, general } = here;
  const [alice, bob] = [await house.guest(), await house.guest()];
  const second = await house.guest({ as: alice });
  for (const guest of [alice, bob]) dataOf(await guest.call(chat.join, { roomId: general }));
  for (const status of ['busy', 'busy'] as const) expect(dataOf(await alice.call(presence.setStatus, { status }))).toEqual({ status });
  for (const device of [alice, second]) expect(await device.heard(presence.changed)).toEqual([{ status: 'busy' }]);
  expect(await bob.heard(presence.changed)).toEqual([]);
  await bob.next(chat.hereChanged, ({ people }) => people.some(({ id, status }) => id === alice.id && status === 'busy'));
  expect(await seen(bob, alice)).toMatchObject({ status: 'busy' });
  expect(dataOf(await second.ask(members.me, {}))).toMatchObject({ status: 'busy' });
});

it('is a mere count in a room of more than so many', async () => {
  const { house, general } = here;
  const bob = await house.guest();
  const { here: before } = dataOf(await bob.call(chat.join, { roomId: general }));
  expect(before.people).toHaveLength(before.count);
  const crowd = Array.from({ length: limits.presenceNamesMax }, () => ({ id: String(new Types.ObjectId()), connection: randomUUID() }));
  await Promise.all(crowd.map(({ id, connection }) => house.app.deps.presence.enter(roomChannel(general), id, connection)));
  expect(dataOf(await bob.call(chat.here, { roomId: general }))).toEqual({ roomId: general, count: before.count + crowd.length, people: [] });
  await Promise.all(crowd.map(({ id, connection }) => house.app.deps.presence.leave(roomChannel(general), id, connection)));
});
