/**
 * A comparison of the house with Stripe, one row for each: when, by whom, how much was looked at and how much was made true. They are
 * numbered without gaps, and the number decides who may begin the next: of all nodes that would, one.
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import { isDuplicate } from '../duplicate.js';

export interface ComparisonDocument {
  _id: number;
  begunAt: Date;
  /** Who asked for it; null: the house, by itself. */
  byId: Types.ObjectId | null;
  /** Whoever is at it keeps moving this on; after it the comparison counts as cut off. */
  leaseUntil: Date;
  endedAt: Date | null;
  /** Whether it came to its end: the next one begins where such a one began. */
  isDone: boolean;
  looked: number;
  mended: number;
}

interface ComparisonModel extends Model<ComparisonDocument> {
  /** Begins the next one, unless one is under way or the last that came to its end began after `notAfter`; null then. */
  begin(asked: { byId: Types.ObjectId | null; notAfter: Date; now: Date; leaseMs: number }): Promise<ComparisonDocument | null>;
  /** Notes how far it is. */
  note(number: number, progress: Partial<Pick<ComparisonDocument, 'leaseUntil' | 'endedAt' | 'isDone' | 'looked' | 'mended'>>): Promise<void>;
  newest(): Promise<ComparisonDocument | null>;
  /** When the newest began that came to its end; null before the first. */
  comparedUpTo(): Promise<Date | null>;
}

const comparisonSchema = new Schema<ComparisonDocument, ComparisonModel>(
  {
    _id: { type: Number, required: true },
    begunAt: { type: Date, required: true },
    byId: { type: Schema.Types.ObjectId, default: null },
    leaseUntil: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    isDone: { type: Boolean, required: true, default: false },
    looked: { type: Number, required: true, default: 0 },
    mended: { type: Number, required: true, default: 0 },
  },
  { versionKey: false },
);

comparisonSchema.statics.begin = async function (this: ComparisonModel, { byId, notAfter, now, leaseMs }: Parameters<ComparisonModel['begin']>[0]) {
  const last = await this.newest();
  const isUnderWay = last !== null && last.endedAt === null && last.leaseUntil > now;
  if (isUnderWay || (last?.isDone && last.begunAt > notAfter)) return null;
  try {
    return (await this.create({ _id: (last?._id ?? 0) + 1, begunAt: now, byId, leaseUntil: new Date(now.getTime() + leaseMs) })).toObject();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return null;
  }
};

comparisonSchema.statics.note = async function (this: ComparisonModel, number: number, progress: Parameters<ComparisonModel['note']>[1]) {
  await this.updateOne({ _id: number }, { $set: progress });
};

comparisonSchema.statics.newest = function (this: ComparisonModel) {
  return this.findOne().sort({ _id: -1 }).lean();
};

comparisonSchema.statics.comparedUpTo = async function (this: ComparisonModel) {
  return (await this.findOne({ isDone: true }).sort({ _id: -1 }).lean())?.begunAt ?? null;
};

export const Comparison = model<ComparisonDocument, ComparisonModel>('Comparison', comparisonSchema);
