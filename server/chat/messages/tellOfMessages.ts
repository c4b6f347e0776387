import type { Deps } from '../../deps.js';
import { Message } from '../../models/messages/message.js';
import { Room } from '../../models/room.js';

/** For a member's data export: what they wrote and did not delete, with the name of the room, oldest first. */
export async function tellOfMessages(_deps: Deps, memberId: string): Promise<unknown> {
  const messages = await Message.find({ authorId: memberId, deleted: { $exists: false } }).select({ roomId: 1, threadId: 1, seq: 1, text: 1, sentAt: 1, editedAt: 1 }).sort({ _id: 1 }).lean();
  const rooms = await Room.find({ _id: { $in: [...new Set(messages.map(({ roomId }) => String(roomId)))] } }).select({ name: 1 }).lean();
  const nameOf = new Map(rooms.map(({ _id, name }) => [String(_id), name]));
  return messages.map(({ roomId, threadId, text, sentAt, editedAt }) => ({ room: nameOf.get(String(roomId)) ?? String(roomId), isInThread: threadId !== undefined, text, sentAt, editedAt }));
}
