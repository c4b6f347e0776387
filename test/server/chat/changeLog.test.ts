/** The room's log of changes: what it answers to whoever missed some, and what is found again after a node died in between. */
import { Types } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { messages, type MessageView } from '../../../shared/contracts/messages.js';
import { limits } from '../../../shared/limits.js';
import { Change } from '../../../server/models/messages/change.js';
import { Message, type MessageDocument } from '../../../server/models/messages/message.js';
import { addReaction, changeText, takeAway } from '../../../server/models/messages/messageChanges.js';
import type { Guest } from '../../support/guest.js';
import { codeOf, dataOf } from '../members/browser.js';
import { roomFor } from '../realtime/place.js';
import { openChatHouse, say, type ChatHouse } from './chatHouse.js';

let here: ChatHouse;
let alice: Guest;
let bob: Guest;
let roomId: string;
let said: MessageView;
beforeAll(async () => {
  here = await openChatHouse();
  alice = await here.house.guest({ name: 'Alice' });
  bob = await here.house.guest({ name: 'Bob' });
});
afterAll(() => here.house.close());
beforeEach(async () => {
  roomId = await roomFor('free');
  said = dataOf(await alice.call(chat.send, say(roomId, 'Hello')));
});

const changesAfter = async (after: number) => dataOf(await bob.call(chat.changes, { roomId, after }));
const told = async () => (await bob.heard(messages.changed)).filter((push) => push.roomId === roomId);
const document = async (id: string): Promise<MessageDocument> => Message.findById(id).orFail().lean();
const unlogged = (): Promise<number> => Message.countDocuments({ unloggedSince: { $exists: true } });

describe('chat.changes', () => {
  it('tells each message that was changed once, as it is now, threads’ included', async () => {
    const second = dataOf(await alice.call(chat.send, say(roomId, 'Second')));
    const reply = dataOf(await alice.call(chat.send, say(roomId, 'Reply', { threadId: said.id })));
    for (const text of ['One', 'Two']) dataOf(await alice.call(messages.edit, { roomId, messageId: second.id, text }));
    dataOf(await bob.call(messages.react, { roomId, messageId: reply.id, emoji: '👍', isOn: true }));

    const all = await changesAfter(0);
    expect(all).toMatchObject({ rev: 4, hasMore: false, mine: [{ messageId: reply.id, version: 1, emojis: ['👍'] }] });
    const byId = new Map(all.messages.map((message) => [message.id, message]));
    expect(byId.size).toBe(all.messages.length);
    expect([byId.get(said.id)?.thread?.count, byId.get(second.id)?.text, byId.get(reply.id)?.reactions]).toEqual([1, 'Two', [{ emoji: '👍', count: 1 }]]);
    expect((await changesAfter(3)).messages.map(({ id }) => id)).toEqual([reply.id]);
    for (const after of [4, 400]) expect(await changesAfter(after)).toEqual({ messages: [], mine: [], rev: 4, hasMore: false });
    expect(dataOf(await bob.call(chat.history, { roomId })).rev).toBe(4);
    expect(dataOf(await bob.call(chat.join, { roomId })).rev).toBe(4);
  });

  it('tells as much as a page holds, and goes on from there', async () => {
    const [room, messageId] = [new Types.ObjectId(roomId), new Types.ObjectId(said.id)];
    await Change.storeInOrder(Array.from({ length: limits.historyPageMax + 5 }, (_none, place) => ({ _id: new Types.ObjectId(), roomId: room, rev: place + 1, messageId })));
    const first = await changesAfter(0);
    expect(first).toMatchObject({ rev: limits.historyPageMax, hasMore: true, messages: [{ id: said.id }] });
    expect(await changesAfter(first.rev)).toMatchObject({ rev: limits.historyPageMax + 5, hasMore: false });
  });

  it('knows nothing of other rooms, and refuses whoever may not enter', async () => {
    dataOf(await alice.call(messages.edit, { roomId, messageId: said.id, text: 'Hi' }));
    expect(dataOf(await bob.call(chat.changes, { roomId: here.general, after: 0 }))).toMatchObject({ messages: [], rev: 0 });
    expect(codeOf(await bob.call(chat.changes, { roomId: here.backstage, after: 0 }))).toBe('room.not_found');
  });
});

describe('a change whose node died before it was logged', () => {
  /** Long enough ago that nobody can still be at it. */
  const longAgo = new Date(Date.now() - 60_000);

  it('is logged and told when someone enters', async () => {
    dataOf(await bob.call(chat.join, { roomId }));
    await addReaction(await document(said.id), '👍', new Types.ObjectId(alice.id), longAgo);
    const { rev } = dataOf(await alice.call(chat.join, { roomId }));
    expect(rev).toBe(1);
    expect(await told()).toMatchObject([{ firstRev: 1, rev: 1, messages: [{ id: said.id, version: 1, reactions: [{ emoji: '👍', count: 1 }] }] }]);
    expect(await unlogged()).toBe(0);
  });

  it('is logged before anyone is told that there is nothing more', async () => {
    await changeText(await document(said.id), 'Otherwise', undefined, longAgo);
    expect(await changesAfter(0)).toMatchObject({ rev: 1, messages: [{ text: 'Otherwise' }] });
  });

  it('is found again by the house itself', async () => {
    dataOf(await bob.call(chat.join, { roomId }));
    await changeText(await document(said.id), 'Otherwise', undefined, longAgo);
    const found = await bob.next(messages.changed, (push) => push.roomId === roomId);
    expect(found).toMatchObject({ rev: 1, messages: [{ text: 'Otherwise' }] });
  });

  it('of a reply that is no more is told of its thread, too', async () => {
    const reply = dataOf(await alice.call(chat.send, say(roomId, 'Reply', { threadId: said.id })));
    await takeAway(await document(reply.id), 'author', longAgo);
    const { messages: changed } = await changesAfter(1);
    expect(changed.find(({ id }) => id === said.id)?.thread).toMatchObject({ count: 0, lastSeq: 1, people: [] });
    expect(changed.find(({ id }) => id === reply.id)?.deleted).not.toBeNull();
    expect(await unlogged()).toBe(0);
  });

  it('is not confused with one that is on its way', async () => {
    await Promise.all(Array.from({ length: 6 }, async (_none, place) => dataOf(await alice.call(messages.edit, { roomId, messageId: said.id, text: `Edit ${place}` }))));
    await here.house.app.deps.changes.drain();
    expect(await changesAfter(0)).toMatchObject({ rev: 6, messages: [{ version: 6 }] });
    expect(await unlogged()).toBe(0);
  });
});
