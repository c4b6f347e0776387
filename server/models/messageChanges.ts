/**
 * How a message is changed: each change is one conditional write on its document, which judges what must hold, raises
 * `version`, and notes in the document that the room's log does not tell of it yet. Null says that it did not hold: what
 * was read before is not what stands now, and whoever asked looks again.
 */
import type { QueryFilter, Types, UpdateQuery } from 'mongoose';
import { limits } from '../../shared/limits.js';
import { isDuplicate } from './duplicate.js';
import { Message, type MessageDocument, type StoredMentions, type StoredRevision, type StoredThread } from './message.js';

type Changed = Promise<MessageDocument | null>;

function change(filter: QueryFilter<MessageDocument>, { $set, ...update }: UpdateQuery<MessageDocument>, now: Date): Changed {
  return Message.findOneAndUpdate(filter, { ...update, $set: { ...$set, unloggedSince: now }, $inc: { version: 1 } }, { returnDocument: 'after' }).lean();
}

/** What must hold for a change of what was said: it stands, and no other edit came in between. */
const unedited = ({ _id, text, editedAt }: MessageDocument): QueryFilter<MessageDocument> => ({ _id, deleted: null, text, editedAt: editedAt ?? null });

/** Says something else. What it said is kept as a revision; null also where there are `limits.editsMax` of them. */
export function changeText(message: MessageDocument, text: string, mentions: StoredMentions | undefined, now: Date): Changed {
  const isLast = { [`revisions.${limits.editsMax - 1}`]: { $exists: false } };
  const said = mentions ? { $set: { text, mentions, editedAt: now } } : { $set: { text, editedAt: now }, $unset: { mentions: 1 } };
  return change({ ...unedited(message), ...isLast }, { ...said, $push: { revisions: { text: message.text, until: now } } }, now);
}

/** Whether it was edited as often as may be. */
export async function isEditedOut({ _id }: MessageDocument): Promise<boolean> {
  return (await Message.exists({ _id, [`revisions.${limits.editsMax - 1}`]: { $exists: true } })) !== null;
}

/** What it said before each edit, oldest first. */
export async function readRevisions({ _id }: MessageDocument): Promise<StoredRevision[]> {
  const message = await Message.findById(_id).select({ revisions: 1 }).lean();
  return message?.revisions ?? [];
}

/** Takes away what it said, and everything that repeats it. Its place stays, and so does its thread. */
export function takeAway({ _id }: MessageDocument, by: 'author' | 'moderator', now: Date): Changed {
  const gone = { mentions: 1, reactions: 1, pin: 1, revisions: 1, editedAt: 1 } as const;
  return change({ _id, deleted: null }, { $set: { text: '', deleted: { at: now, by } }, $unset: gone }, now);
}

/** The member reacts with this emoji, the first to do so or one more. Null also where there are `limits.reactionKindsMax` other ones. */
export function addReaction({ _id, reactions }: MessageDocument, emoji: string, memberId: Types.ObjectId, now: Date): Changed {
  if (reactions?.some((reaction) => reaction.emoji === emoji)) {
    return change({ _id, deleted: null, reactions: { $elemMatch: { emoji, memberIds: { $ne: memberId } } } }, { $push: { 'reactions.$.memberIds': memberId } }, now);
  }
  const isLast = { [`reactions.${limits.reactionKindsMax - 1}`]: { $exists: false } };
  return change({ _id, deleted: null, 'reactions.emoji': { $ne: emoji }, ...isLast }, { $push: { reactions: { emoji, memberIds: [memberId] } } }, now);
}

/** The member reacts with this emoji no more; the last one takes the emoji away. */
export function dropReaction({ _id, reactions }: MessageDocument, emoji: string, memberId: Types.ObjectId, now: Date): Changed {
  const isLast = reactions?.find((reaction) => reaction.emoji === emoji)?.memberIds.length === 1;
  if (isLast) return change({ _id, reactions: { $elemMatch: { emoji, memberIds: [memberId] } } }, { $pull: { reactions: { emoji } } }, now);
  return change({ _id, reactions: { $elemMatch: { emoji, memberIds: memberId, 'memberIds.1': { $exists: true } } } }, { $pull: { 'reactions.$.memberIds': memberId } }, now);
}

/** The places among the room's pins that are taken. */
export async function takenSlots(roomId: Types.ObjectId): Promise<Set<number>> {
  const pinned = await Message.find({ roomId, 'pin.slot': { $exists: true } }).select({ pin: 1 }).lean();
  return new Set(pinned.flatMap(({ pin }) => pin?.slot ?? []));
}

/** The room's pinned messages, in no order. */
export function findPinned(roomId: Types.ObjectId): Promise<MessageDocument[]> {
  return Message.find({ roomId, 'pin.slot': { $exists: true } }).lean();
}

/** Pins it under a free place; null also where another was pinned there meanwhile. */
export async function setPin({ _id }: MessageDocument, slot: number, now: Date): Changed {
  try {
    return await change({ _id, deleted: null, pin: null }, { $set: { pin: { at: now, slot } } }, now);
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
}

export function takePin({ _id }: MessageDocument, now: Date): Changed {
  return change({ _id, pin: { $ne: null } }, { $unset: { pin: 1 } }, now);
}

/** Says how the thread stands that hangs from the message. Null where that is known already: both numbers only ever rise. */
export function setThread(messageId: Types.ObjectId, thread: StoredThread, now: Date): Changed {
  const { lastSeq, gone } = thread;
  const isNews = [{ 'thread.lastSeq': { $lt: lastSeq } }, { 'thread.gone': { $lt: gone } }];
  return change({ _id: messageId, $or: [{ thread: null }, { 'thread.lastSeq': { $lte: lastSeq }, 'thread.gone': { $lte: gone }, $or: isNews }] }, { $set: { thread } }, now);
}

/** Is shown anew, though it is what it was: something that its view repeats has changed. */
export function showAnew({ _id }: MessageDocument, now: Date): Changed {
  return change({ _id }, {}, now);
}

/** Messages whose change has been on its way into the log since before `before`: whoever made it is likely dead. Nearly always there are none. */
export function findUnlogged(before: Date, limit: number): Promise<MessageDocument[]> {
  return Message.find({ unloggedSince: { $lt: before } })
    .sort({ unloggedSince: 1 })
    .limit(limit)
    .lean();
}

/** The log tells of these messages as they are here. One that was changed again meanwhile is still to be logged. */
export async function markLogged(messages: readonly MessageDocument[]): Promise<void> {
  const updates = messages.map(({ _id, version }) => ({ updateOne: { filter: { _id, version: version ?? 0 }, update: { $unset: { unloggedSince: 1 as const } } } }));
  if (updates.length > 0) await Message.bulkWrite(updates, { ordered: false });
}
