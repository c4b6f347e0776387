/**
 * Up to where one member has read one timeline, and what they want to hear of it. Of a room's own timeline: whether it is
 * muted; of a thread: whether it is followed. What is unread is not kept here but counted from the messages that stand.
 */
import mongoose, { model, Schema, type Model, type Types } from 'mongoose';
import { isDuplicate } from '../duplicate.js';
import type { TimelineKey } from '../messages/message.js';

export interface ReadMarkDocument {
  _id: Types.ObjectId;
  memberId: Types.ObjectId;
  roomId: Types.ObjectId;
  /** The message whose thread this is about; null for the room's own timeline. */
  threadId: Types.ObjectId | null;
  /** The last `seq` that was read. */
  readSeq: number;
  /** The last `seq` when the member marked it unread: up to there their own messages count as unread too. */
  ownUntil?: number;
  isMuted: boolean;
  /** Null: nothing was said about it, by the member or by what they did. */
  isFollowed: boolean | null;
  /** How often any of this was changed. */
  version: number;
}

/** What a member wants otherwise. */
export type ReadMarkWish = Partial<Pick<ReadMarkDocument, 'isMuted' | 'isFollowed'>>;

/** A timeline, with the `seq` up to which it counts as read by whoever has no mark in it. */
export type MarkStart = TimelineKey & { readSeq: number };

interface ReadMarkModel extends Model<ReadMarkDocument> {
  /** The member's marks of rooms' own timelines. */
  ofRooms(memberId: string): Promise<ReadMarkDocument[]>;
  /** The marks of threads the member follows, those followed last first. */
  ofFollowed(memberId: string, limit: number): Promise<ReadMarkDocument[]>;
  /** The member's mark of one timeline; null where there is none. */
  at(memberId: string, timeline: TimelineKey): Promise<ReadMarkDocument | null>;
  /** Makes marks where there are none. Those that are there stay as they are. */
  begin(memberId: string, starts: readonly MarkStart[]): Promise<void>;
  /** Moves the mark forward. Null where it stands there or further already. */
  moveOn(memberId: string, timeline: TimelineKey, readSeq: number): Promise<ReadMarkDocument | null>;
  /** Puts the mark to a `seq`, forward or back. Up to `ownUntil` the member's own messages count as unread too. */
  put(memberId: string, timeline: TimelineKey, mark: { readSeq: number; ownUntil: number }): Promise<ReadMarkDocument>;
  /** Keeps what the member wants otherwise. Null where it is so already. */
  wish(memberId: string, timeline: TimelineKey, wish: ReadMarkWish): Promise<ReadMarkDocument | null>;
  /** They took part in a thread: whoever of them has not said otherwise follows it from now on. */
  takePart(memberIds: readonly string[], start: MarkStart): Promise<void>;
  /** The members who follow a thread. */
  followersOf(threadId: string): Promise<string[]>;
}

const { ObjectId } = Schema.Types;

const readMarkSchema = new Schema<ReadMarkDocument, ReadMarkModel>(
  {
    memberId: { type: ObjectId, required: true },
    roomId: { type: ObjectId, required: true },
    threadId: { type: ObjectId, default: null },
    readSeq: { type: Number, required: true },
    ownUntil: { type: Number },
    isMuted: { type: Boolean, default: false },
    isFollowed: { type: Boolean, default: null },
    version: { type: Number, default: 0 },
  },
  { versionKey: false },
);
readMarkSchema.index({ memberId: 1, threadId: 1, roomId: 1 }, { unique: true });
readMarkSchema.index({ memberId: 1, isFollowed: 1 }, { partialFilterExpression: { isFollowed: true } });
readMarkSchema.index({ threadId: 1, isFollowed: 1 }, { partialFilterExpression: { isFollowed: true } });

const fresh = { isMuted: false, isFollowed: null, version: 0 };
const keyOf = (memberId: string, { roomId, threadId }: TimelineKey) => ({ memberId, roomId, threadId });

readMarkSchema.statics.ofRooms = function (this: ReadMarkModel, memberId: string) {
  return this.find({ memberId, threadId: null }).lean();
};

readMarkSchema.statics.ofFollowed = function (this: ReadMarkModel, memberId: string, limit: number) {
  return this.find({ memberId, isFollowed: true }).sort({ _id: -1 }).limit(limit).lean();
};

readMarkSchema.statics.at = function (this: ReadMarkModel, memberId: string, timeline: TimelineKey) {
  return this.findOne(keyOf(memberId, timeline)).lean();
};

readMarkSchema.statics.begin = async function (this: ReadMarkModel, memberId: string, starts: readonly MarkStart[]) {
  const upserts = starts.map(({ readSeq, ...timeline }) => ({
    updateOne: { filter: keyOf(memberId, timeline), update: { $setOnInsert: { readSeq, ...fresh } }, upsert: true },
  }));
  if (upserts.length > 0) await orElseThere(() => this.bulkWrite(upserts, { ordered: false }));
};

readMarkSchema.statics.moveOn = async function (this: ReadMarkModel, memberId: string, timeline: TimelineKey, readSeq: number) {
  const { version: _version, ...start } = fresh;
  const update = { $set: { readSeq }, $setOnInsert: start, $inc: { version: 1 } };
  // A mark that stands further is not found, and the unique index refuses a second one.
  return orElseThere(() => this.findOneAndUpdate({ ...keyOf(memberId, timeline), readSeq: { $lt: readSeq } }, update, { upsert: true, returnDocument: 'after' }).lean());
};

readMarkSchema.statics.put = async function (this: ReadMarkModel, memberId: string, timeline: TimelineKey, mark: { readSeq: number; ownUntil: number }) {
  await this.begin(memberId, [{ ...timeline, readSeq: mark.readSeq }]);
  return this.findOneAndUpdate(keyOf(memberId, timeline), { $set: mark, $inc: { version: 1 } }, { returnDocument: 'after' }).orFail().lean();
};

readMarkSchema.statics.wish = function (this: ReadMarkModel, memberId: string, timeline: TimelineKey, wish: ReadMarkWish) {
  const isOtherwise = Object.entries(wish).map(([name, value]) => ({ [name]: { $ne: value } }));
  return this.findOneAndUpdate({ ...keyOf(memberId, timeline), $or: isOtherwise }, { $set: wish, $inc: { version: 1 } }, { returnDocument: 'after' }).lean();
};

readMarkSchema.statics.takePart = async function (this: ReadMarkModel, memberIds: readonly string[], { readSeq, roomId, threadId }: MarkStart) {
  const there = await this.find({ memberId: { $in: memberIds }, roomId, threadId, isFollowed: { $ne: null } }).select({ memberId: 1 }).lean();
  const said = new Set(there.map((mark) => String(mark.memberId)));
  const { isFollowed: _isFollowed, version: _version, ...start } = fresh;
  const upserts = memberIds
    .filter((memberId) => !said.has(memberId))
    .map((memberId) => ({
      updateOne: {
        filter: { memberId, roomId, threadId, isFollowed: null },
        update: { $set: { isFollowed: true }, $setOnInsert: { readSeq, ...start }, $inc: { version: 1 } },
        upsert: true,
      },
    }));
  if (upserts.length > 0) await orElseThere(() => this.bulkWrite(upserts, { ordered: false }));
};

readMarkSchema.statics.followersOf = async function (this: ReadMarkModel, threadId: string) {
  const marks = await this.find({ threadId, isFollowed: true }).select({ memberId: 1 }).lean();
  return marks.map((mark) => String(mark.memberId));
};

/** What the write answers; null where the unique index refused some of it, because it is there already. */
async function orElseThere<T>(write: () => Promise<T>): Promise<T | null> {
  try {
    return await write();
  } catch (error) {
    const isThere = error instanceof mongoose.mongo.MongoBulkWriteError ? [error.writeErrors].flat().every(({ code }) => code === error.code) && isDuplicate(error) : isDuplicate(error);
    if (!isThere) throw error;
    return null;
  }
}

export const ReadMark = model<ReadMarkDocument, ReadMarkModel>('ReadMark', readMarkSchema);
