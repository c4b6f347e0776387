/**
 * What was read is told whole, to the member's other device and to other members: what a client held before, and what it
 * was pushed, come to the very same as what it would fetch afresh. A verb that forgets a push fails here, and so does a new
 * writing call that nobody entered in the table.
 */
import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { messages } from '../../../shared/contracts/messages.js';
import { reading } from '../../../shared/contracts/reading.js';
import type { Call } from '../../../shared/define.js';
import { Message, type MessageDocument } from '../../../server/models/messages/message.js';
import { ReadMark } from '../../../server/models/reading/readMark.js';
import type { Guest } from '../../support/guest.js';
import { allCalls } from '../access/allContracts.js';
import { openChatHouse, say, type ChatHouse } from '../chat/chatHouse.js';
import type { Keeper } from '../verifying/clientModel.js';
import { verifyEach, type Action } from '../verifying/verifyEach.js';
import { roomFor } from '../realtime/place.js';
import { calling, listOf } from './readHouse.js';
import { mentionsKeeper, readStateKeeper, unreadThreadsKeeper } from '../verifying/readModel.js';

/** A room that was read up to its first message of four, the second of which calls the reader. */
interface Scene {
  roomId: string;
  /** A room that the reader has muted. */
  mutedId: string;
  reader: Guest;
  /** Wrote everything. */
  writer: Guest;
  /** Another connection of the reader's, and another member who read as far. */
  watchers: Record<'own' | 'other', Guest>;
  /** Unread, and calls nobody. */
  plainId: string;
  /** A thread that the reader follows and has not read: two answers, the second of which, `answerId`, calls them. */
  threadId: string;
  answerId: string;
  /** A thread that nobody but the writer follows. */
  quietId: string;
}

const actions: Action<Scene>[] = [
  { call: reading.mark, does: 'a room is read further', tells: [reading.changed], act: ({ reader, roomId }) => reader.call(reading.mark, { roomId, seq: 2 }) },
  { call: reading.mark, does: 'a thread is read to its end', tells: [reading.changed], act: ({ reader, roomId, threadId }) => reader.call(reading.mark, { roomId, threadId, seq: 2 }) },
  { call: reading.markUnread, does: 'a room is marked unread', tells: [reading.changed], act: ({ reader, roomId }) => reader.call(reading.markUnread, { roomId, seq: 1 }) },
  { call: reading.markUnread, does: 'a thread is marked unread from its last answer on', tells: [reading.changed], act: ({ reader, roomId, threadId }) => reader.call(reading.markUnread, { roomId, threadId, seq: 2 }) },
  { call: reading.mute, does: 'a room is muted', tells: [reading.changed], act: ({ reader, roomId }) => reader.call(reading.mute, { roomId, isOn: true }) },
  { call: reading.mute, does: 'a room is heard again', tells: [reading.changed], act: ({ reader, mutedId }) => reader.call(reading.mute, { roomId: mutedId, isOn: false }) },
  { call: reading.follow, does: 'a thread is followed', tells: [reading.changed], act: ({ reader, roomId, quietId }) => reader.call(reading.follow, { roomId, threadId: quietId, isOn: true }) },
  { call: reading.follow, does: 'a thread is followed no more', tells: [reading.changed], act: ({ reader, roomId, threadId }) => reader.call(reading.follow, { roomId, threadId, isOn: false }) },
  { call: chat.send, does: 'something is said', tells: [reading.rang], act: ({ writer, roomId }) => writer.call(chat.send, say(roomId, 'Hello')) },
  { call: chat.send, does: 'somebody is called', tells: [reading.rang, reading.called], act: ({ writer, reader, roomId }) => writer.call(chat.send, say(roomId, 'Ada?', { mentions: calling(reader) })) },
  { call: chat.send, does: 'something is said in a thread', tells: [reading.called], act: ({ writer, roomId, threadId }) => writer.call(chat.send, say(roomId, 'Hello', { threadId })) },
  { call: messages.edit, does: 'a call is taken back', tells: [reading.called], act: ({ writer, roomId, answerId }) => writer.call(messages.edit, { roomId, messageId: answerId, text: 'Nobody' }) },
  { call: messages.remove, does: 'what was not read is deleted', tells: [reading.rang], act: ({ writer, roomId, plainId }) => writer.call(messages.remove, { roomId, messageId: plainId }) },
];

/** Calls that change nothing anyone fetches. */
const reads: Call[] = [reading.list, reading.show, reading.mentions];

let here: ChatHouse;
beforeAll(async () => {
  here = await openChatHouse();
});
afterEach(() => here.house.everybodyLeaves());
afterAll(() => here.house.close());

/** Put there past the doors, so that no bell has rung yet when something happens. */
async function setScene(): Promise<Scene> {
  const [roomId, mutedId] = [await roomFor('free'), await roomFor('free')];
  const [reader, writer, other] = [await here.house.guest({ name: 'Ada' }), await here.house.guest({ name: 'Bob' }), await here.house.guest({ name: 'Cyd' })];
  const own = await here.house.guest({ as: reader });
  const [threadId, quietId, plainId, answerId] = [new Types.ObjectId(), new Types.ObjectId(), new Types.ObjectId(), new Types.ObjectId()];
  const written = (seq: number, more: Partial<MessageDocument> & { _id?: Types.ObjectId } = {}) => ({ roomId, seq, authorId: writer.id, clientMessageId: randomUUID(), text: `Number ${seq}`, sentAt: new Date(), ...more });
  const calls = { memberIds: [new Types.ObjectId(reader.id)], room: false, tierKeys: [] };
  const thread = (lastSeq: number) => ({ lastSeq, lastAt: new Date(), gone: 0, memberIds: [new Types.ObjectId(writer.id)] });
  await Message.insertMany([
    written(1, { _id: threadId, thread: thread(2) }), written(2, { mentions: calls }), written(3, { _id: plainId }), written(4, { _id: quietId, thread: thread(1) }),
    written(1, { threadId }), written(2, { threadId, _id: answerId, mentions: calls }),
    written(1, { threadId: quietId }),
  ]);
  for (const { id } of [reader, other]) await ReadMark.begin(id, [{ roomId, threadId: null, readSeq: 1 }]);
  const followed = { roomId, threadId: String(threadId) };
  await ReadMark.begin(reader.id, [{ ...followed, readSeq: 0 }, { roomId: mutedId, threadId: null, readSeq: 0 }]);
  await ReadMark.wish(reader.id, followed, { isFollowed: true });
  await ReadMark.wish(reader.id, { roomId: mutedId, threadId: null }, { isMuted: true });
  for (const guest of [reader, own, other]) await listOf(guest);
  return { roomId, mutedId, reader, writer, watchers: { own, other }, plainId: String(plainId), threadId: String(threadId), answerId: String(answerId), quietId: String(quietId) };
}

const keepersOf = ({ roomId, mutedId, threadId, quietId }: Scene): Keeper[] => [
  readStateKeeper({ roomId, threadId: null }),
  readStateKeeper({ roomId: mutedId, threadId: null }),
  readStateKeeper({ roomId, threadId }),
  readStateKeeper({ roomId, threadId: quietId }),
  unreadThreadsKeeper(roomId),
  mentionsKeeper(roomId),
];

describe('every verb that changes what is to be read', () => {
  it('is in the table', () => {
    const calls = allCalls.filter(({ name }) => name.startsWith('reading:'));
    const listed = [...actions.map(({ call }) => call), ...reads].filter(({ name }) => name.startsWith('reading:'));
    expect(new Set(listed.map(({ name }) => name))).toEqual(new Set(calls.map(({ name }) => name)));
    expect(actions.filter(({ call }) => reads.includes(call))).toEqual([]);
  });

  verifyEach(actions, async () => {
    const scene = await setScene();
    return { house: here.house, scene, watchers: Object.values(scene.watchers), keepers: keepersOf(scene) };
  });
});
