/** A restriction: a member who may not speak (timeout) or not enter (ban), in one room or in the whole house, until it ends or is lifted. */
import mongoose, { model, Schema, type Model, type Types } from 'mongoose';
import { oneOf, readInOne } from '../asking/readInOne.js';
import { isDuplicate } from '../duplicate.js';
import { auditOf, unauditedField, unauditedIndex, type Audited } from './auditEntry.js';

export interface RestrictionDocument extends Audited {
  /** Names it for whoever restricts, so that a retry finds the first. */
  clientRestrictionId: string;
  kind: 'timeout' | 'ban';
  memberId: Types.ObjectId;
  /** Null: the whole house. */
  roomId: Types.ObjectId | null;
  reason: string;
  byId: Types.ObjectId;
  since: Date;
  /** Null: until it is lifted. */
  until: Date | null;
  liftedAt: Date | null;
  /** The member has been told that it ended by its time. */
  isEndTold: boolean;
}

/** What a gate asks of a restriction that stands. */
export interface Standing {
  kind: RestrictionDocument['kind'];
  roomId: string | null;
  until: Date | null;
  reason: string;
}

interface RestrictionModel extends Model<RestrictionDocument> {
  /** Those that stand, the newest first: a member's, or (roomId null: everywhere) a place's. */
  findStanding(of: { memberId: string } | { roomId: string | null }, now: Date): Promise<RestrictionDocument[]>;
  /** Those of the members who may not speak in a room now. */
  timedOutIn(roomId: Types.ObjectId, memberIds: readonly string[], now: Date): Promise<Set<string>>;
  /** Stores it once per author and `clientRestrictionId`, with its entry for the log; `isNew` is false when it was there. */
  beginOnce(restriction: Omit<RestrictionDocument, 'unaudited' | 'liftedAt' | 'isEndTold'>): Promise<{ restriction: RestrictionDocument; isNew: boolean }>;
  /** Lifts it, with the entry for the log; null when it does not stand any more. */
  lift(id: Types.ObjectId, byId: string, now: Date): Promise<RestrictionDocument | null>;
  /** One that ended by its time and of whose end nobody was told; from now on it counts as told. Null when there is none. */
  takeEnded(now: Date): Promise<RestrictionDocument | null>;
}

const restrictionSchema = new Schema<RestrictionDocument, RestrictionModel>(
  {
    clientRestrictionId: { type: String, required: true },
    kind: { type: String, required: true },
    memberId: { type: Schema.Types.ObjectId, required: true },
    roomId: { type: Schema.Types.ObjectId, default: null },
    reason: { type: String, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    since: { type: Date, required: true },
    until: { type: Date, default: null },
    liftedAt: { type: Date, default: null },
    isEndTold: { type: Boolean, required: true, default: false },
    unaudited: unauditedField,
  },
  { versionKey: false },
);
restrictionSchema.index({ byId: 1, clientRestrictionId: 1 }, { unique: true });
restrictionSchema.index({ memberId: 1, liftedAt: 1 });
restrictionSchema.index({ liftedAt: 1, roomId: 1 });
restrictionSchema.index({ until: 1 }, { partialFilterExpression: { isEndTold: false } });
restrictionSchema.index(...unauditedIndex);

const standingAt = (now: Date) => ({ liftedAt: null, $or: [{ until: null }, { until: { $gt: now } }] });

restrictionSchema.statics.findStanding = function (this: RestrictionModel, of: { memberId: string } | { roomId: string | null }, now: Date) {
  if ('memberId' in of) return readStanding(of.memberId, now).then((standing) => standing ?? []);
  return this.find({ ...(of.roomId === null ? {} : of), ...standingAt(now) }).sort({ _id: -1 }).lean();
};

const readStanding = readInOne(async (ids, now) => {
  const standing = new Map<string, RestrictionDocument[]>();
  for (const one of await Restriction.find({ memberId: oneOf(ids), ...standingAt(now) }).sort({ _id: -1 }).lean()) standing.set(String(one.memberId), [...(standing.get(String(one.memberId)) ?? []), one]);
  return standing;
});

restrictionSchema.statics.timedOutIn = async function (this: RestrictionModel, roomId: Types.ObjectId, memberIds: readonly string[], now: Date) {
  if (memberIds.length === 0) return new Set();
  const found = await this.find({ kind: 'timeout', memberId: { $in: memberIds }, roomId: { $in: [roomId, null] }, ...standingAt(now) }).select({ memberId: 1 }).lean();
  return new Set(found.map(({ memberId }) => String(memberId)));
};

restrictionSchema.statics.beginOnce = async function (this: RestrictionModel, asked: Parameters<RestrictionModel['beginOnce']>[0]) {
  const { byId, memberId, roomId, reason, until } = asked;
  const entry = auditOf(asked.kind === 'ban' ? 'member_banned' : 'member_timed_out', asked.since, { byId, memberId, roomId, reason, until });
  const restriction: RestrictionDocument = { ...asked, liftedAt: null, isEndTold: false, unaudited: [entry] };
  try {
    await this.create(restriction);
    return { restriction, isNew: true };
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return { restriction: await this.findOne({ byId, clientRestrictionId: asked.clientRestrictionId }).orFail().lean(), isNew: false };
  }
};

restrictionSchema.statics.lift = async function (this: RestrictionModel, id: Types.ObjectId, byId: string, now: Date) {
  const standing = await this.findOne({ _id: id, ...standingAt(now) }).lean();
  if (!standing) return null;
  const { memberId, roomId, reason } = standing;
  const entry = auditOf('restriction_lifted', now, { byId: new mongoose.Types.ObjectId(byId), memberId, roomId, reason });
  return this.findOneAndUpdate({ _id: id, ...standingAt(now) }, { $set: { liftedAt: now, isEndTold: true }, $push: { unaudited: entry } }, { returnDocument: 'after' }).lean();
};

restrictionSchema.statics.takeEnded = function (this: RestrictionModel, now: Date) {
  return this.findOneAndUpdate({ isEndTold: false, until: { $lte: now } }, { $set: { isEndTold: true } }, { returnDocument: 'after' }).lean();
};

export const Restriction = model<RestrictionDocument, RestrictionModel>('Restriction', restrictionSchema);

/** A restriction as the gates look at it. */
export function standingOf({ kind, roomId, until, reason }: RestrictionDocument): Standing {
  return { kind, roomId: roomId && String(roomId), until, reason };
}
