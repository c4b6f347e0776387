/** Two nodes that write into one room at the same time, over a real Redis and one store. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import type { MessageView } from '../../../shared/contracts/messages.js';
import type { PersonView } from '../../../shared/contracts/members.js';
import { messages } from '../../../shared/contracts/messages.js';
import { rights } from '../../../shared/contracts/rights.js';
import { members } from '../../../shared/contracts/members.js';
import { Message } from '../../../server/models/messages/message.js';
import { openHouse, type House } from '../../support/house.js';
import { startRedis } from '../../support/processes.js';
import { codeOf, dataOf } from '../members/browser.js';
import { openChatHouse, say, type ChatHouse } from './chatHouse.js';
import { timelineKeeper } from '../verifying/clientModel.js';

let redis: Awaited<ReturnType<typeof startRedis>>;
let here: ChatHouse;
let beside: House;
beforeEach(async () => {
  redis = await startRedis();
  here = await openChatHouse({ redisUrl: redis.url });
  beside = await openHouse({ beside: here.house, redisUrl: redis.url });
});
afterEach(async () => {
  await beside.close();
  await here.house.close();
  await redis.stop();
});

const upTo = (count: number): number[] => Array.from({ length: count }, (_none, index) => index + 1);

describe('two nodes in one room', () => {
  it('give 500 messages the numbers 1 to 500, each once, though many are sent to both', { timeout: 60_000 }, async () => {
    const { house, general } = here;
    const listeners = [await house.guest(), await beside.guest()];
    for (const guest of listeners) dataOf(await guest.call(chat.join, { roomId: general }));
    const authors: PersonView[] = listeners.map(({ id, name }) => ({ id, name, role: 'member' }));
    const texts = Array.from({ length: 500 }, (_none, index) => ({ author: authors[index % 2] as PersonView, message: say(general, `Message ${index}`) }));

    // Two in five come to both nodes, the others to one alone. The second node gets its own from the last to the first: both
    // want the same place for different messages, and every batch of the later half mixes retries with new ones.
    const mine = texts.filter((_one, index) => index % 5 < 3);
    const theirs = texts.filter((_one, index) => index % 5 !== 2).toReversed();
    // Posted past the doors, whose limits are made for people.
    const posting = (node: House) => (one: (typeof texts)[number]) => node.app.deps.timeline.post({ author: one.author, input: one.message });
    const [first, second] = await Promise.all([Promise.all(mine.map(posting(house))), Promise.all(theirs.map(posting(beside)))]);

    const answers = new Map(first.map((view) => [view.clientMessageId, view]));
    for (const view of second) {
      const known = answers.get(view.clientMessageId);
      if (known) expect(view).toEqual(known);
      answers.set(view.clientMessageId, view);
    }
    const bySeq = [...answers.values()].toSorted((one, other) => one.seq - other.seq);
    expect(bySeq.map(({ seq }) => seq)).toEqual(upTo(500));
    const stored = await Message.find({ roomId: general }).sort({ seq: 1 }).lean();
    expect(stored.map(({ seq }) => seq)).toEqual(upTo(500));
    expect(new Set(stored.map(({ clientMessageId }) => clientMessageId)).size).toBe(500);

    for (const guest of listeners) {
      // The fence travels the road of either node's pushes.
      await guest.heard(chat.posted, house.app.deps);
      const heard = (await guest.heard(chat.posted, beside.app.deps)).flatMap((push): MessageView[] => push.messages);
      expect(heard.toSorted((one, other) => one.seq - other.seq)).toEqual(bySeq);
    }
  });

  it('end with the same views everywhere, though both change the same messages at once', { timeout: 60_000 }, async () => {
    const { house, general: roomId } = here;
    const [alice, bob] = [await house.guest({ role: 'moderator' }), await beside.guest()];
    const atBoth = [alice, bob, await house.guest(), await beside.guest()];
    const said = await Promise.all([1, 2, 3].map(async (number) => dataOf(await alice.call(chat.send, say(roomId, `Message ${number}`)))));
    const keeper = timelineKeeper(roomId, null);
    for (const guest of [alice, bob]) dataOf(await guest.call(chat.join, { roomId }));
    const before = await keeper.fetch(alice);

    const aliceBeside = await beside.guest({ as: alice });
    await Promise.all(
      said.flatMap(({ id: messageId }) => [
        ...atBoth.flatMap((guest) => ['👍', '🎉'].map(async (emoji) => dataOf(await guest.call(messages.react, { roomId, messageId, emoji, isOn: true })))),
        ...[alice, aliceBeside].map(async (guest, node) => dataOf(await guest.call(messages.edit, { roomId, messageId, text: `By node ${node}` }))),
        alice.call(messages.pin, { roomId, messageId, isOn: true }).then(dataOf),
        bob.call(chat.send, say(roomId, 'In the thread', { threadId: messageId })).then(dataOf),
        aliceBeside.call(chat.send, say(roomId, 'In the thread', { threadId: messageId })).then(dataOf),
      ]),
    );

    const fresh = await keeper.fetch(alice);
    expect(await keeper.fetch(bob)).toEqual(fresh);
    for (const message of fresh.messages) expect(message).toMatchObject({ reactions: [{ count: 4 }, { count: 4 }], thread: { count: 2, lastSeq: 2 } });
    for (const guest of [alice, bob]) {
      // The fence travels the road of either node's pushes; between the nodes one push may overtake another.
      await guest.heard(messages.changed, house.app.deps);
      const heard = (await guest.heard(messages.changed, beside.app.deps)).toSorted((one, other) => one.firstRev - other.firstRev);
      expect(heard.flatMap(({ firstRev, rev }) => upTo(rev).slice(firstRev - 1))).toEqual(upTo(fresh.rev));
      const held = heard.reduce((now, data) => keeper.hear(now, { name: messages.changed.name, data }), before);
      expect(held).toEqual(fresh);
    }
  });

  it('see the same people, and put them out on both', async () => {
    const { house, lounge } = here;
    const organizer = await house.guest({ role: 'organizer' });
    const [alice, bob] = [await house.guest({ tier: 'supporter' }), await beside.guest({ tier: 'supporter' })];
    for (const guest of [alice, bob]) dataOf(await guest.call(chat.join, { roomId: lounge }));
    for (const guest of [alice, bob]) expect(dataOf(await guest.call(chat.here, { roomId: lounge })).count).toBe(2);

    dataOf(await organizer.ask(members.giveTier, { memberId: bob.id, tierKey: null }));
    expect(await bob.next(rights.leftRoom)).toEqual({ roomId: lounge, reason: 'withdrawn' });
    dataOf(await alice.call(chat.send, { ...say(lounge, 'Among us'), clientMessageId: randomUUID() }));
    expect(await alice.heard(chat.posted)).toHaveLength(1);
    expect(await bob.heard(chat.posted, house.app.deps)).toEqual([]);
    expect(codeOf(await bob.call(chat.history, { roomId: lounge }))).toBe('room.not_found');
    expect(dataOf(await alice.call(chat.here, { roomId: lounge })).people.map(({ id }) => id)).toEqual([alice.id]);
  });
});
