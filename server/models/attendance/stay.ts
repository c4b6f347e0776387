/**
 * One stay of one connection in a workshop. Stays are added and closed, never rewritten; a node renews the lease of its
 * own open ones, so that a crash ends a stay at the last proof of life.
 */
import { model, Schema, type Model, type Types } from 'mongoose';

/** A stay whose lease is older than this has ended at `lastSeenAt`, whatever else it says. */
export const attendanceLeaseMs = 45_000;

/** Why a stay ended: the member left, the connection was lost, the right ended, or the workshop did. */
export type LeaveReason = 'left' | 'lost' | 'removed' | 'ended';

export interface StayDocument {
  _id: Types.ObjectId;
  workshopId: Types.ObjectId;
  memberId: Types.ObjectId;
  connectionId: string;
  /** The node that holds the connection; only it renews the lease. */
  nodeId: string;
  joinedAt: Date;
  lastSeenAt: Date;
  leftAt: Date | null;
  leaveReason: LeaveReason | null;
}

interface AttendanceModel extends Model<StayDocument> {
  /** Begins a stay, unless the connection has an open one in this workshop. */
  begin(stay: { workshopId: string; memberId: string; connectionId: string; nodeId: string }, now: Date): Promise<void>;
  /** Closes the open stays of a connection, in one workshop or in all; answers the workshops it was in. */
  close(connectionId: string, workshopId: string | null, reason: LeaveReason, now: Date): Promise<string[]>;
  /** Closes, at the workshop's end, every stay that was seen alive at it or since. */
  closeAll(workshopId: string, endedAt: Date): Promise<void>;
  /** Whose connections are in the workshop, as far as is known now. */
  insideNow(workshopId: string, now: Date): Promise<Types.ObjectId[]>;
  /** When one of these members was last seen in the workshop; null when none was. */
  lastOf(workshopId: Types.ObjectId, memberId: { $in: Types.ObjectId[] } | { $nin: Types.ObjectId[] }): Promise<Date | null>;
  /** Renews the lease of a node's open stays, in one write. */
  renew(nodeId: string, now: Date): Promise<void>;
}

const staySchema = new Schema<StayDocument, AttendanceModel>(
  {
    workshopId: { type: Schema.Types.ObjectId, required: true },
    memberId: { type: Schema.Types.ObjectId, required: true },
    connectionId: { type: String, required: true },
    nodeId: { type: String, required: true },
    joinedAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
    leftAt: { type: Date, default: null },
    leaveReason: { type: String, default: null },
  },
  { versionKey: false },
);
staySchema.index({ workshopId: 1, joinedAt: 1 });
staySchema.index({ memberId: 1, workshopId: 1 });
staySchema.index({ joinedAt: 1 });
staySchema.index({ connectionId: 1, leftAt: 1 });
staySchema.index({ nodeId: 1, leftAt: 1 });

staySchema.statics.begin = async function (this: AttendanceModel, { workshopId, memberId, connectionId, nodeId }: Parameters<AttendanceModel['begin']>[0], now: Date) {
  await this.updateOne({ connectionId, workshopId, leftAt: null }, { $setOnInsert: { memberId, nodeId, joinedAt: now, lastSeenAt: now, leaveReason: null } }, { upsert: true });
};

staySchema.statics.close = async function (this: AttendanceModel, connectionId: string, workshopId: string | null, reason: LeaveReason, now: Date) {
  const open = { connectionId, leftAt: null, ...(workshopId === null ? {} : { workshopId }) };
  const stays = await this.find(open, { workshopId: 1 }).lean();
  if (stays.length > 0) await this.updateMany(open, { $set: { leftAt: now, lastSeenAt: now, leaveReason: reason } });
  return [...new Set(stays.map((stay) => String(stay.workshopId)))];
};

staySchema.statics.closeAll = async function (this: AttendanceModel, workshopId: string, endedAt: Date) {
  await this.updateMany({ workshopId, leftAt: null, lastSeenAt: { $gte: endedAt } }, { $set: { leftAt: endedAt, leaveReason: 'ended' } });
};

staySchema.statics.insideNow = function (this: AttendanceModel, workshopId: string, now: Date) {
  return this.distinct('memberId', { workshopId, leftAt: null, lastSeenAt: { $gt: new Date(now.getTime() - attendanceLeaseMs) } });
};

staySchema.statics.lastOf = async function (this: AttendanceModel, workshopId: Types.ObjectId, memberId: Parameters<AttendanceModel['lastOf']>[1]) {
  const last = await this.findOne({ workshopId, memberId }).sort({ lastSeenAt: -1 }).select({ lastSeenAt: 1 }).lean();
  return last?.lastSeenAt ?? null;
};

staySchema.statics.renew = async function (this: AttendanceModel, nodeId: string, now: Date) {
  await this.updateMany({ nodeId, leftAt: null }, { $set: { lastSeenAt: now } });
};

export const Attendance = model<StayDocument, AttendanceModel>('Attendance', staySchema, 'attendance');
