/** Threads: timelines of their own, that hang from a message and show on it. */
import { Types } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { messages, type MessageView } from '../../../shared/contracts/messages.js';
import { members } from '../../../shared/contracts/members.js';
import { Message } from '../../../server/models/messages/message.js';
import type { Guest } from '../../support/guest.js';
import { codeOf, dataOf } from '../members/browser.js';
import { roomFor } from '../realtime/place.js';
import { openChatHouse, say, type ChatHouse } from './chatHouse.js';

let here: ChatHouse;
let alice: Guest;
let bob: Guest;
/** A room of the supporters', a new one for each test, with Alice and Bob inside. */
let roomId: string;
/** The message that the thread hangs from; its id names the thread. */
let root: MessageView;
let thread: { roomId: string; threadId: string };
beforeAll(async () => {
  here = await openChatHouse();
  alice = await here.house.guest({ tier: 'supporter', name: 'Alice' });
  bob = await here.house.guest({ tier: 'supporter', name: 'Bob' });
});
afterAll(() => here.house.close());
beforeEach(async () => {
  roomId = await roomFor('supporter', 1);
  for (const guest of [alice, bob]) dataOf(await guest.call(chat.join, { roomId }));
  root = dataOf(await alice.call(chat.send, say(roomId, 'Who has tried it?')));
  thread = { roomId, threadId: root.id };
});

const answer = async (guest: Guest, text: string, more: Parameters<typeof say>[2] = {}): Promise<MessageView> => dataOf(await guest.call(chat.send, say(roomId, text, { threadId: root.id, ...more })));
const rootNow = async (): Promise<MessageView | undefined> => dataOf(await bob.call(chat.history, { roomId })).messages.find(({ id }) => id === root.id);
const posted = async (guest: Guest) => (await guest.heard(chat.posted)).filter((push) => push.roomId === roomId && push.threadId === root.id);

describe('a thread', () => {
  it('counts for itself, and is heard by those who have it open', async () => {
    expect(dataOf(await bob.call(chat.join, thread))).toMatchObject({ lastSeq: 0, room: { id: roomId, lastSeq: 1 }, here: { count: 2 } });
    const [first, second] = [await answer(alice, 'I have'), await answer(bob, 'Me too')];
    expect([first, second]).toMatchObject([{ seq: 1, threadId: root.id }, { seq: 2, threadId: root.id }]);
    expect((await posted(bob)).flatMap((push) => push.messages)).toEqual([first, second]);
    expect(await posted(alice)).toEqual([]);
    expect(dataOf(await bob.call(chat.history, thread))).toMatchObject({ messages: [first, second], lastSeq: 2 });
    // The room's own timeline goes on as if there were no thread.
    expect(dataOf(await alice.call(chat.send, say(roomId, 'Anything else?'))).seq).toBe(2);
    expect(dataOf(await bob.call(chat.history, { roomId })).messages.map(({ text }) => text)).toEqual(['Who has tried it?', 'Anything else?']);

    dataOf(await bob.call(chat.leave, thread));
    await answer(alice, 'Anybody?');
    expect(await posted(bob)).toHaveLength(2);
  });

  it('shows on its message, to all in the room', async () => {
    await answer(alice, 'I have');
    const second = await answer(bob, 'Me too');
    const summary = { count: 2, lastSeq: 2, lastAt: second.sentAt, people: [{ name: 'Alice' }, { name: 'Bob' }] };
    expect(await rootNow()).toMatchObject({ version: 2, thread: summary });
    const told = (await alice.heard(messages.changed)).filter((push) => push.roomId === roomId).flatMap((push) => push.messages);
    expect(told.at(-1)).toEqual(await rootNow());
  });

  it('counts what was deleted no more, and forgets whose it was', async () => {
    const first = await answer(alice, 'I have');
    await answer(bob, 'Me too');
    dataOf(await alice.call(messages.remove, { roomId, messageId: first.id }));
    expect(await rootNow()).toMatchObject({ thread: { count: 1, lastSeq: 2, people: [{ name: 'Bob' }] } });
    expect(dataOf(await bob.call(chat.history, thread)).messages).toMatchObject([{ text: '', deleted: { by: 'author' } }, { text: 'Me too' }]);
  });

  it('outlives what it hangs from', async () => {
    await answer(bob, 'Me too');
    dataOf(await alice.call(messages.remove, { roomId, messageId: root.id }));
    await answer(bob, 'Still here');
    expect(await rootNow()).toMatchObject({ text: '', deleted: { by: 'author' }, thread: { count: 2, lastSeq: 2 } });
    expect(dataOf(await bob.call(chat.history, thread)).messages.map(({ text }) => text)).toEqual(['Me too', 'Still here']);
  });

  it('is summed up right however many write and delete at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_none, place) => answer(place % 2 ? alice : bob, `Answer ${place}`)));
    await Promise.all([
      ...answers.slice(0, 6).map(async ({ id, author }) => dataOf(await (author.id === alice.id ? alice : bob).call(messages.remove, { roomId, messageId: id }))),
      ...Array.from({ length: 6 }, (_none, place) => answer(bob, `More ${place}`)),
    ]);
    expect(await rootNow()).toMatchObject({ thread: { count: 12, lastSeq: 18 } });
  });

  it('tells who is writing to those who have it open', async () => {
    dataOf(await bob.call(chat.join, thread));
    dataOf(await alice.call(chat.typing, thread));
    expect((await bob.heard(chat.typed)).at(-1)).toEqual({ ...thread, person: { id: alice.id, name: 'Alice', role: 'member' } });
    const before = (await alice.heard(chat.typed)).length;
    dataOf(await bob.call(chat.typing, thread));
    expect(await alice.heard(chat.typed)).toHaveLength(before);
  });

  it('hangs from a message of that very room, and from no answer', async () => {
    const reply = await answer(bob, 'Me too');
    const elsewhere = await roomFor('supporter', 1);
    const foreign = dataOf(await alice.call(chat.send, say(elsewhere, 'Elsewhere')));
    const nowhere = new Types.ObjectId().toHexString();
    for (const threadId of [reply.id, foreign.id, nowhere]) {
      const at = { roomId, threadId };
      expect(codeOf(await bob.call(chat.join, at))).toBe('message.not_found');
      expect(codeOf(await bob.call(chat.history, at))).toBe('message.not_found');
      expect(codeOf(await bob.call(chat.typing, at))).toBe('message.not_found');
      expect(codeOf(await bob.call(chat.seqAt, { ...at, at: root.sentAt }))).toBe('message.not_found');
      expect(codeOf(await bob.call(chat.send, say(roomId, 'Hello?', { threadId })))).toBe('message.not_found');
    }
    expect(await Message.countDocuments({ text: 'Hello?' })).toBe(0);
  });

  it('treats a retry as the same answer, and an answer of another timeline as none', async () => {
    const input = say(roomId, 'I have', { threadId: root.id });
    const first = dataOf(await alice.call(chat.send, input));
    expect(dataOf(await alice.call(chat.send, input))).toEqual(first);
    expect(codeOf(await alice.call(chat.send, { ...input, threadId: null }))).toBe('input.invalid');
    expect(await rootNow()).toMatchObject({ thread: { count: 1 } });
  });

  it('is left with the room’s right, on every connection', async () => {
    const organizer = await here.house.guest({ role: 'organizer' });
    const carol = await here.house.guest({ tier: 'supporter' });
    for (const at of [{ roomId }, thread]) dataOf(await carol.call(chat.join, at));
    await answer(alice, 'While she is here');
    expect(await posted(carol)).toHaveLength(1);
    dataOf(await organizer.ask(members.giveTier, { memberId: carol.id, tierKey: null }));
    await answer(alice, 'Among us');
    expect(await posted(carol)).toHaveLength(1);
    expect(codeOf(await carol.call(chat.history, thread))).toBe('room.not_found');
  });
});

describe('a thread whose node died', () => {
  it('is summed up again when it is opened', async () => {
    await answer(alice, 'I have');
    // A node stored an answer, and died before it could say so.
    await Message.storeInOrder([{ _id: new Types.ObjectId(), roomId: new Types.ObjectId(roomId), threadId: new Types.ObjectId(root.id), seq: 2, authorId: new Types.ObjectId(bob.id), clientMessageId: 'lost', text: 'Me too', sentAt: new Date() }]);
    expect(await rootNow()).toMatchObject({ thread: { count: 1 } });
    dataOf(await bob.call(chat.join, thread));
    expect(await rootNow()).toMatchObject({ thread: { count: 2, lastSeq: 2, people: [{ name: 'Alice' }, { name: 'Bob' }] } });
    expect((await alice.heard(messages.changed)).at(-1)?.messages).toEqual([await rootNow()]);
  });

  it('is summed up again when it is written to', async () => {
    await answer(alice, 'I have');
    await Message.updateOne({ _id: root.id }, { $unset: { thread: 1 } });
    await answer(bob, 'Me too');
    expect(await rootNow()).toMatchObject({ thread: { count: 2, lastSeq: 2 } });
  });
});
