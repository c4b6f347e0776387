/**
 * What a member's presence in a workshop came to: written once when the workshop is over, never changed. Only the single
 * stretches are taken out when they are no longer kept.
 */
import { model, Schema, type Model, type Types } from 'mongoose';

/** One stretch of presence. */
export interface PresentInterval {
  joinedAt: Date;
  leftAt: Date;
}

export interface AttendanceRecordDocument {
  _id: Types.ObjectId;
  workshopId: Types.ObjectId;
  memberId: Types.ObjectId;
  /** In which place they came, of all who were there, from 0. Absent in an older record, whose `_id` rises in that order. */
  place?: number;
  intervals: PresentInterval[];
  /** Whole seconds present while the workshop was live. */
  seconds: number;
  liveSeconds: number;
  percent: number;
  /** The rule as it stood then; null gives no certificate. */
  certificatePercent: number | null;
  frozenAt: Date;
}

interface AttendanceRecordModel extends Model<AttendanceRecordDocument> {
  /** Writes the records down, each unless there is one for its member and workshop. */
  keepOnce(records: readonly (Omit<AttendanceRecordDocument, '_id' | 'memberId'> & { memberId: string })[]): Promise<void>;
  /** Takes the single stretches out of the records of these workshops. */
  forgetIntervals(workshopIds: readonly Types.ObjectId[]): Promise<void>;
}

const recordSchema = new Schema<AttendanceRecordDocument, AttendanceRecordModel>(
  {
    workshopId: { type: Schema.Types.ObjectId, required: true },
    memberId: { type: Schema.Types.ObjectId, required: true },
    place: { type: Number },
    intervals: { type: [new Schema({ joinedAt: { type: Date, required: true }, leftAt: { type: Date, required: true } }, { _id: false })], required: true },
    seconds: { type: Number, required: true },
    liveSeconds: { type: Number, required: true },
    percent: { type: Number, required: true },
    certificatePercent: { type: Number, default: null },
    frozenAt: { type: Date, required: true },
  },
  {
    versionKey: false,
    statics: {
      async keepOnce(records: Parameters<AttendanceRecordModel['keepOnce']>[0]) {
        if (records.length === 0) return;
        await this.bulkWrite(
          records.map(({ workshopId, memberId, ...rest }) => ({ updateOne: { filter: { workshopId, memberId }, update: { $setOnInsert: rest }, upsert: true } })),
          { ordered: false },
        );
      },
      async forgetIntervals(workshopIds: readonly Types.ObjectId[]) {
        await this.updateMany({ workshopId: { $in: workshopIds }, 'intervals.0': { $exists: true } }, { $set: { intervals: [] } });
      },
    },
  },
);
recordSchema.index({ workshopId: 1, memberId: 1 }, { unique: true });
recordSchema.index({ memberId: 1 });

export const AttendanceRecord = model<AttendanceRecordDocument, AttendanceRecordModel>('AttendanceRecord', recordSchema, 'attendanceRecords');
