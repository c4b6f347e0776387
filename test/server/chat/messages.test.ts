/** What becomes of a message that was said: edited, deleted, reacted to, pinned. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { messages, type MessageView } from '../../../shared/contracts/messages.js';
import { limits } from '../../../shared/limits.js';
import { Message } from '../../../server/models/messages/message.js';
import type { Guest } from '../../support/guest.js';
import { codeOf, dataOf } from '../members/browser.js';
import { roomFor } from '../realtime/place.js';
import { openChatHouse, outcomeOf, say, type ChatHouse } from './chatHouse.js';

let here: ChatHouse;
let alice: Guest;
let bob: Guest;
let moderator: Guest;
/** Everybody's room, a new one for each test, with Bob inside. */
let roomId: string;
/** What Alice said in it. */
let said: MessageView;
let of: { roomId: string; messageId: string };
beforeAll(async () => {
  here = await openChatHouse();
  alice = await here.house.guest({ name: 'Alice' });
  bob = await here.house.guest({ name: 'Bob' });
  moderator = await here.house.guest({ role: 'moderator', name: 'Mo' });
});
afterAll(() => here.house.close());
beforeEach(async () => {
  roomId = await roomFor('free');
  dataOf(await bob.call(chat.join, { roomId }));
  said = dataOf(await alice.call(chat.send, say(roomId, 'Helo')));
  of = { roomId, messageId: said.id };
});

/** What Bob has heard of changes in this test's room. */
const told = async () => (await bob.heard(messages.changed)).filter((push) => push.roomId === roomId);
const stands = async (): Promise<MessageView[]> => dataOf(await bob.call(chat.history, { roomId })).messages;
const revisionsOf = async () => dataOf(await bob.call(messages.revisions, of)).map(({ text }) => text);
const edit = (guest: Guest, text: string) => guest.call(messages.edit, { ...of, text });
const react = (guest: Guest, emoji: string, isOn = true) => guest.call(messages.react, { ...of, emoji, isOn });
const pin = (guest: Guest, isOn = true, messageId = said.id) => guest.call(messages.pin, { roomId, messageId, isOn });

describe('messages.edit', () => {
  it('says it differently, tells the room, and keeps what it said', async () => {
    const edited = dataOf(await edit(alice, 'Hello'));
    expect(edited).toMatchObject({ id: said.id, seq: said.seq, version: 1, text: 'Hello', sentAt: said.sentAt });
    expect(edited.editedAt).not.toBeNull();
    expect(await told()).toEqual([{ roomId, firstRev: 1, rev: 1, messages: [edited] }]);
    expect(await stands()).toEqual([edited]);
    dataOf(await edit(alice, 'Hello!'));
    expect(await revisionsOf()).toEqual(['Helo', 'Hello']);
  });

  it('is nobody’s but the author’s, not even a moderator’s', async () => {
    for (const guest of [bob, moderator]) expect(codeOf(await edit(guest, 'I said so'))).toBe('message.not_found');
    expect(await stands()).toEqual([said]);
    expect(await told()).toEqual([]);
    expect((await edit(alice, 'Hello')).ok).toBe(true);
  });

  it('changes nothing when it is asked again', async () => {
    const edited = dataOf(await edit(alice, 'Hello'));
    expect(dataOf(await edit(alice, 'Hello'))).toEqual(edited);
    expect(await told()).toHaveLength(1);
    expect(await revisionsOf()).toEqual(['Helo']);
  });

  it('keeps both of two edits at once, one as a revision', async () => {
    const second = await here.house.guest({ as: alice });
    const edits = await Promise.all([edit(alice, 'One'), edit(second, 'Two')]);
    expect(edits.map(outcomeOf)).toEqual(['ok', 'ok']);
    const [now] = await stands();
    expect(now?.version).toBe(2);
    expect(new Set([...(await revisionsOf()), now?.text])).toEqual(new Set(['Helo', 'One', 'Two']));
  });

  it('may not be done for ever', async () => {
    await Message.updateOne({ _id: said.id }, { $set: { revisions: Array.from({ length: limits.editsMax - 1 }, () => ({ text: 'before', until: new Date() })) } });
    expect((await edit(alice, 'Once more')).ok).toBe(true);
    expect(codeOf(await edit(alice, 'And again'))).toBe('message.too_many_edits');
    expect(await stands()).toMatchObject([{ text: 'Once more', version: 1 }]);
    // What is as asked needs no edit.
    expect((await edit(alice, 'Once more')).ok).toBe(true);
  });
});

describe('messages.remove', () => {
  it('takes away what it said, everywhere it stood', async () => {
    dataOf(await edit(alice, 'A secret'));
    dataOf(await react(bob, '👀'));
    dataOf(await pin(moderator));
    dataOf(await alice.call(chat.send, { ...say(roomId, 'I mean this'), replyToId: said.id }));
    const before = (await told()).length;

    const removed = dataOf(await alice.call(messages.remove, of));
    expect(removed).toMatchObject({ id: said.id, seq: said.seq, text: '', reactions: [], pinnedAt: null, editedAt: null, deleted: { by: 'author' } });
    expect((await told()).slice(before)).toEqual([expect.objectContaining({ messages: [removed] })]);
    const [tombstone, reply] = await stands();
    expect(tombstone).toEqual(removed);
    expect(reply).toMatchObject({ text: 'I mean this', replyTo: { id: said.id, excerpt: '', version: removed.version } });
    expect(await revisionsOf()).toEqual([]);
    expect(dataOf(await bob.call(messages.pins, { roomId }))).toEqual([]);
    expect(dataOf(await bob.call(messages.reactors, { ...of, emoji: '👀' }))).toEqual([]);
    expect(JSON.stringify(await Message.find({ roomId }).select('+revisions').lean())).not.toMatch(/secret|Helo/);
  });

  it('is the author’s and the moderators’, and says whose it was', async () => {
    expect(codeOf(await bob.call(messages.remove, of))).toBe('message.not_found');
    expect(await stands()).toEqual([said]);
    expect(dataOf(await moderator.call(messages.remove, of)).deleted).toMatchObject({ by: 'moderator' });
    const own = dataOf(await moderator.call(chat.send, say(roomId, 'Mine')));
    expect(dataOf(await moderator.call(messages.remove, { roomId, messageId: own.id })).deleted).toMatchObject({ by: 'author' });
  });

  it('is done once, and nothing more is done to it', async () => {
    const removed = dataOf(await alice.call(messages.remove, of));
    expect(dataOf(await moderator.call(messages.remove, of))).toEqual(removed);
    expect(codeOf(await edit(alice, 'Hello'))).toBe('message.deleted');
    expect(codeOf(await react(bob, '👍'))).toBe('message.deleted');
    expect(codeOf(await pin(moderator))).toBe('message.deleted');
    // What is not there needs not be taken away.
    for (const reply of [await react(bob, '👍', false), await pin(moderator, false)]) expect(outcomeOf(reply)).toBe('ok');
    expect(await told()).toHaveLength(1);
    expect(await stands()).toEqual([removed]);
  });

  it('wins over an edit and a reaction at the same time', async () => {
    const [removing] = await Promise.all([alice.call(messages.remove, of), edit(await here.house.guest({ as: alice }), 'Hello'), react(bob, '👍')]);
    expect(removing.ok).toBe(true);
    expect(await stands()).toMatchObject([{ text: '', reactions: [], deleted: { by: 'author' } }]);
    expect(await revisionsOf()).toEqual([]);
  });
});

describe('messages.react', () => {
  it('counts each member once, in the order in which each emoji was first used', async () => {
    expect(dataOf(await react(bob, '🎉'))).toMatchObject({ message: { reactions: [{ emoji: '🎉', count: 1 }] }, mine: { messageId: said.id, version: 1, emojis: ['🎉'] } });
    dataOf(await react(alice, '👍'));
    dataOf(await react(alice, '🎉'));
    const again = dataOf(await react(bob, '🎉'));
    expect(again.message).toMatchObject({ version: 3, reactions: [{ emoji: '🎉', count: 2 }, { emoji: '👍', count: 1 }] });
    expect(await told()).toHaveLength(3);
    expect(dataOf(await bob.call(messages.reactors, { ...of, emoji: '🎉' })).map(({ name }) => name)).toEqual(['Bob', 'Alice']);

    dataOf(await react(bob, '🎉', false));
    const gone = dataOf(await react(alice, '🎉', false));
    expect(gone.message.reactions).toEqual([{ emoji: '👍', count: 1 }]);
    expect(dataOf(await react(alice, '🎉', false))).toEqual(gone);
    expect(await told()).toHaveLength(5);
  });

  it('says one’s own to all one’s connections, and to nobody else', async () => {
    const second = await here.house.guest({ as: bob });
    const { mine } = dataOf(await react(bob, '🎉'));
    expect(await second.heard(messages.myReactions)).toEqual([{ ...mine, roomId }]);
    expect((await alice.heard(messages.myReactions)).filter((push) => push.roomId === roomId)).toEqual([]);
    expect(dataOf(await second.call(chat.history, { roomId })).mine).toEqual([mine]);
    expect(dataOf(await alice.call(chat.history, { roomId })).mine).toEqual([]);
    expect(dataOf(await bob.call(chat.changes, { roomId, after: 0 })).mine).toEqual([mine]);
  });

  it('loses none of many at the same time', async () => {
    const emojis = ['👍', '🎉', '❤️'];
    const guests = [alice, bob, moderator, ...(await Promise.all(Array.from({ length: 5 }, () => here.house.guest())))];
    await Promise.all(guests.flatMap((guest) => emojis.map(async (emoji) => dataOf(await react(guest, emoji)))));
    const [now] = await stands();
    expect(now?.reactions.map(({ count }) => count)).toEqual([8, 8, 8]);
    expect(now?.version).toBe(24);
    // The room hears of every change, and of the last one last.
    const pushes = await told();
    expect(pushes.flatMap(({ firstRev, rev }) => Array.from({ length: rev - firstRev + 1 }, (_none, place) => firstRev + place))).toEqual(Array.from({ length: 24 }, (_none, place) => place + 1));
    const latest = pushes.flatMap(({ messages: views }) => views).toSorted((one, other) => one.version - other.version).at(-1);
    expect(latest).toEqual(now);
    await Promise.all(guests.flatMap((guest) => emojis.map(async (emoji) => dataOf(await react(guest, emoji, false)))));
    expect(await stands()).toMatchObject([{ reactions: [], version: 48 }]);
  });

  it('takes only so many different emoji', async () => {
    const kinds = Array.from({ length: limits.reactionKindsMax }, (_none, place) => String.fromCodePoint(0x1f600 + place));
    await Message.updateOne({ _id: said.id }, { $set: { reactions: kinds.map((emoji) => ({ emoji, memberIds: [alice.id] })) } });
    expect(codeOf(await react(bob, '🎉'))).toBe('message.too_many_reactions');
    expect((await react(bob, kinds[0] ?? '')).ok).toBe(true);
    dataOf(await react(alice, kinds[1] ?? '', false));
    expect((await react(bob, '🎉')).ok).toBe(true);
  });
});

describe('messages.pin', () => {
  it('is for whoever may moderate, and shows to all, the latest first', async () => {
    const second = dataOf(await alice.call(chat.send, say(roomId, 'Second')));
    for (const guest of [alice, bob]) expect(codeOf(await pin(guest))).toBe('message.not_found');
    const pinned = dataOf(await pin(moderator));
    expect(pinned.pinnedAt).not.toBeNull();
    expect(dataOf(await pin(moderator))).toEqual(pinned);
    dataOf(await pin(moderator, true, second.id));
    expect(await told()).toHaveLength(2);
    expect(dataOf(await bob.call(messages.pins, { roomId })).map(({ id }) => id)).toEqual([second.id, said.id]);
    expect(dataOf(await pin(moderator, false)).pinnedAt).toBeNull();
    expect(dataOf(await bob.call(messages.pins, { roomId })).map(({ id }) => id)).toEqual([second.id]);
  });

  it('never takes more than the room has places for, however many are pinned at once', async () => {
    const spare = 2;
    const many = Array.from({ length: limits.pinsMax - spare }, (_none, place) => ({ roomId, seq: 100 + place, authorId: alice.id, clientMessageId: randomUUID(), text: 'Pinned', sentAt: new Date(), pin: { at: new Date(), slot: place } }));
    await Message.insertMany(many);
    const more = await Promise.all(['a', 'b', 'c', 'd'].map(async (text) => dataOf(await alice.call(chat.send, say(roomId, text)))));
    const codes = await Promise.all(more.map(async ({ id }) => outcomeOf(await pin(moderator, true, id))));
    expect(codes.toSorted()).toEqual(['ok', 'ok', 'room.too_many_pins', 'room.too_many_pins']);
    expect(dataOf(await bob.call(messages.pins, { roomId }))).toHaveLength(limits.pinsMax);
  });
});
