/** What is unread, and whom it calls: counted from what stands, so that no badge sticks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { members } from '../../../shared/contracts/members.js';
import { messages } from '../../../shared/contracts/messages.js';
import { reading } from '../../../shared/contracts/reading.js';
import { limits } from '../../../shared/limits.js';
import { Message } from '../../../server/models/messages/message.js';
import { Room } from '../../../server/models/room.js';
import type { Guest } from '../../support/guest.js';
import { codeOf, dataOf } from '../members/browser.js';
import { openChatHouse, type ChatHouse } from '../chat/chatHouse.js';
import { badge, calling, listOf, speak, stateOf } from './readHouse.js';

let here: ChatHouse;
let alice: Guest;
let bob: Guest;
let roomId: string;
beforeAll(async () => {
  here = await openChatHouse();
});
afterAll(() => here.house.close());

/** A room of its own for each story, in which Bob has read everything. */
async function openRoom(): Promise<void> {
  const room = await Room.create({ name: `room-${Math.random().toString(36).slice(2)}`, topic: '', gate: { kind: 'tier', tierKey: 'free', rank: 0 }, isListed: true });
  roomId = String(room._id);
  [alice, bob] = [await here.house.guest({ name: 'Alice' }), await here.house.guest({ name: 'Bob' })];
  for (const guest of [alice, bob]) await listOf(guest);
}

describe('unread messages', () => {
  it('are those of others that were said after the room was first seen', async () => {
    await openRoom();
    await speak(alice, roomId, 'One');
    await speak(bob, roomId, 'My own');
    await speak(alice, roomId, 'Two');
    expect(await stateOf(bob, roomId)).toMatchObject({ readSeq: 0, lastSeq: 3, unread: 2, mentions: 0, isMuted: false, isFollowed: false });
    expect(await badge(alice, roomId)).toEqual([1, 0]);
    expect((await listOf(bob)).rooms.find((state) => state.roomId === roomId)).toEqual(await stateOf(bob, roomId));
    // Whoever comes later has missed nothing.
    const carol = await here.house.guest();
    expect((await listOf(carol)).rooms.find((state) => state.roomId === roomId)).toMatchObject({ readSeq: 3, unread: 0 });
    await speak(alice, roomId, 'Three');
    expect(await badge(carol, roomId)).toEqual([1, 0]);
  });

  it('are none when they are deleted, and a mention is none when it is edited away', async () => {
    await openRoom();
    const first = await speak(alice, roomId, 'Bob?', { mentions: calling(bob) });
    const second = await speak(alice, roomId, 'Bob!', { mentions: calling(bob) });
    expect(await badge(bob, roomId)).toEqual([2, 2]);
    dataOf(await alice.call(messages.remove, { roomId, messageId: first.id }));
    expect(await badge(bob, roomId)).toEqual([1, 1]);
    dataOf(await alice.call(messages.edit, { roomId, messageId: second.id, text: 'Nobody' }));
    expect(await badge(bob, roomId)).toEqual([1, 0]);
    dataOf(await alice.call(messages.edit, { roomId, messageId: second.id, text: 'Bob after all', mentions: calling(bob) }));
    expect(await badge(bob, roomId)).toEqual([1, 1]);
    dataOf(await alice.call(messages.remove, { roomId, messageId: second.id }));
    expect(await badge(bob, roomId)).toEqual([0, 0]);
    expect((await listOf(bob)).rooms.find((state) => state.roomId === roomId)).toMatchObject({ lastSeq: 2, unread: 0 });
  });

  it('call whoever is meant by name, by room or by tier, and never their own author', async () => {
    await openRoom();
    const organizer = await here.house.guest({ role: 'organizer' });
    const supporter = await here.house.guest({ tier: 'supporter' });
    for (const guest of [organizer, supporter]) await listOf(guest);
    await speak(organizer, roomId, 'All', { mentions: { memberIds: [organizer.id], room: true, tierKeys: [] } });
    expect(await Promise.all([bob, supporter, organizer].map((guest) => badge(guest, roomId)))).toEqual([[1, 1], [1, 1], [0, 0]]);
    await speak(organizer, roomId, 'Supporters', { mentions: { memberIds: [], room: false, tierKeys: ['supporter'] } });
    expect(await Promise.all([bob, supporter].map((guest) => badge(guest, roomId)))).toEqual([[2, 1], [2, 2]]);
  });

  it('are counted up to a limit, behind a crowd of own and deleted ones too', async () => {
    await openRoom();
    const author = { clientMessageId: '', text: 'x', sentAt: new Date() };
    // More than are kept of a room's end: 150 of Alice's that call Bob, then 300 of Bob's own or deleted.
    const stored = Array.from({ length: 450 }, (_none, index) => ({
      ...author, roomId, seq: index + 1, clientMessageId: `count-${index}`,
      authorId: index < 150 || index % 2 ? alice.id : bob.id,
      ...(index < 150 ? { mentions: { memberIds: [bob.id], room: false, tierKeys: [] } } : {}),
      ...(index >= 150 && index % 2 ? { deleted: { at: new Date(), by: 'author' } } : {}),
    }));
    await Message.insertMany(stored);
    // Put there past the doors, so nobody was told of them; the next message is.
    await speak(bob, roomId, 'And one more');
    expect(await stateOf(bob, roomId)).toMatchObject({ readSeq: 0, lastSeq: 451, unread: limits.unreadMax, mentions: limits.unreadMax });
    dataOf(await bob.call(reading.mark, { roomId, seq: 120 }));
    expect(await badge(bob, roomId)).toEqual([30, 30]);
    expect((await listOf(bob)).rooms.find((state) => state.roomId === roomId)).toMatchObject({ unread: 30, mentions: 30 });
    dataOf(await bob.call(reading.mark, { roomId, seq: 150 }));
    expect(await badge(bob, roomId)).toEqual([0, 0]);
  });
});

describe('a mark', () => {
  it('goes forward when read, back when marked unread, and never beyond the end', async () => {
    await openRoom();
    for (const text of ['One', 'Two', 'Three']) await speak(alice, roomId, text);
    expect(dataOf(await bob.call(reading.mark, { roomId, seq: 2 }))).toMatchObject({ readSeq: 2, unread: 1, version: 1 });
    expect(dataOf(await bob.call(reading.mark, { roomId, seq: 1 }))).toMatchObject({ readSeq: 2, unread: 1, version: 1 });
    expect(dataOf(await bob.call(reading.mark, { roomId, seq: 1_000_000 }))).toMatchObject({ readSeq: 3, unread: 0, version: 2 });
    expect(dataOf(await bob.call(reading.markUnread, { roomId, seq: 2 }))).toMatchObject({ readSeq: 1, unread: 2, version: 3 });
    expect(dataOf(await bob.call(reading.markUnread, { roomId, seq: 1_000_000 }))).toMatchObject({ readSeq: 3, unread: 0 });
    await speak(alice, roomId, 'Four');
    expect(await badge(bob, roomId)).toEqual([1, 0]);
  });

  it('that is put back leaves one’s own messages unread too, until they are read; those written later are not', async () => {
    await openRoom();
    await speak(alice, roomId, 'One');
    const own = await speak(bob, roomId, 'My own', { mentions: { memberIds: [bob.id], room: false, tierKeys: [] } });
    dataOf(await bob.call(reading.mark, { roomId, seq: 2 }));
    expect(dataOf(await bob.call(reading.markUnread, { roomId, seq: 2 }))).toMatchObject({ readSeq: 1, ownUntil: 2, unread: 1, mentions: 0 });
    await speak(bob, roomId, 'And more');
    expect((await listOf(bob)).rooms.find((state) => state.roomId === roomId)).toMatchObject({ unread: 1 });
    dataOf(await bob.call(messages.remove, { roomId, messageId: own.id }));
    expect(await badge(bob, roomId)).toEqual([0, 0]);
    dataOf(await bob.call(reading.markUnread, { roomId, seq: 3 }));
    expect(await badge(bob, roomId)).toEqual([1, 0]);
    dataOf(await bob.call(reading.mark, { roomId, seq: 3 }));
    await speak(bob, roomId, 'Still mine');
    expect(await badge(bob, roomId)).toEqual([0, 0]);
  });

  it('is the same on all devices of a member, and nobody else hears of it', async () => {
    await openRoom();
    const second = await here.house.guest({ as: bob });
    const { seq } = await speak(alice, roomId, 'News');
    dataOf(await bob.call(reading.mark, { roomId, seq }));
    dataOf(await bob.call(reading.mark, { roomId, seq }));
    for (const device of [bob, second]) expect(await device.heard(reading.changed)).toMatchObject([{ roomId, readSeq: 1, unread: 0, version: 1 }]);
    dataOf(await second.call(reading.mute, { roomId, isOn: true }));
    dataOf(await second.call(reading.mute, { roomId, isOn: true }));
    dataOf(await second.call(reading.markUnread, { roomId, seq: 1 }));
    for (const device of [bob, second]) {
      expect((await device.heard(reading.changed)).slice(1)).toMatchObject([{ isMuted: true, version: 2 }, { isMuted: true, readSeq: 0, unread: 1, version: 3 }]);
    }
    expect(await alice.heard(reading.changed)).toEqual([]);
    dataOf(await bob.call(reading.mute, { roomId, isOn: false }));
    expect(await stateOf(second, roomId)).toMatchObject({ isMuted: false });
  });

  it('survives that two devices move it at the same time', async () => {
    await openRoom();
    const second = await here.house.guest({ as: bob });
    for (let count = 0; count < 10; count += 1) await speak(alice, roomId, `Message ${count}`);
    await Promise.all(Array.from({ length: 10 }, (_none, index) => (index % 2 ? bob : second).call(reading.mark, { roomId, seq: index + 1 })));
    expect(await stateOf(bob, roomId)).toMatchObject({ readSeq: 10, unread: 0 });
  });
});

describe('the list of mentions', () => {
  it('has the newest first, page by page, without what is deleted, edited away or one’s own', async () => {
    await openRoom();
    const gone = await speak(alice, roomId, 'Gone', { mentions: calling(bob) });
    const away = await speak(alice, roomId, 'Away', { mentions: calling(bob) });
    await speak(bob, roomId, 'Myself', { mentions: calling(bob) });
    const stay = [];
    for (const text of ['One', 'Two', 'Three']) stay.push(await speak(alice, roomId, text, { mentions: calling(bob, alice) }));
    dataOf(await alice.call(messages.remove, { roomId, messageId: gone.id }));
    dataOf(await alice.call(messages.edit, { roomId, messageId: away.id, text: 'Away' }));
    const first = dataOf(await bob.call(reading.mentions, { limit: 2 }));
    expect(first).toMatchObject({ messages: [{ text: 'Three' }, { text: 'Two' }], hasMore: true });
    expect(dataOf(await bob.call(reading.mentions, { limit: 2, before: first.messages[1]?.id }))).toMatchObject({ messages: [{ id: stay[0]?.id }], hasMore: false });
  });

  it('is only of rooms that may be entered now', async () => {
    const { house, lounge } = here;
    const organizer = await house.guest({ role: 'organizer' });
    const [writer, reader] = [await house.guest({ tier: 'supporter' }), await house.guest({ tier: 'supporter' })];
    await listOf(reader);
    await speak(writer, lounge, 'Among us', { mentions: calling(reader) });
    expect(dataOf(await reader.call(reading.mentions, {})).messages).toHaveLength(1);
    expect((await listOf(reader)).rooms.find((state) => state.roomId === lounge)).toMatchObject({ mentions: 1 });
    dataOf(await organizer.ask(members.giveTier, { memberId: reader.id, tierKey: null }));
    expect(dataOf(await reader.call(reading.mentions, {})).messages).toEqual([]);
    expect((await listOf(reader)).rooms.some((state) => state.roomId === lounge)).toBe(false);
    expect(codeOf(await reader.call(reading.show, { roomId: lounge }))).toBe('room.not_found');
    expect(codeOf(await reader.call(reading.mute, { roomId: lounge, isOn: true }))).toBe('room.not_found');
    // Given back, it is there again.
    dataOf(await organizer.ask(members.giveTier, { memberId: reader.id, tierKey: 'supporter' }));
    expect(dataOf(await reader.call(reading.mentions, {})).messages).toHaveLength(1);
  });
});
