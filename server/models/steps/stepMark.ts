/** A member's mark at a step: one document for each, so that a mark is one write. How many are done or stuck is always counted from them. */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { MarkState, MarkStep } from '../../../shared/contracts/live/steps.js';
import { isDuplicate } from '../duplicate.js';

export interface StepMarkDocument {
  /** `<workshop>:<step>:<member>` */
  _id: string;
  workshopId: Types.ObjectId;
  stepId: string;
  memberId: Types.ObjectId;
  state: MarkState;
  /** Where they are stuck, in their words; empty in every other state. */
  note: string;
  /** Since when it is in this state. */
  since: Date;
  changedAt: Date;
  /** Rises by one with every change. */
  version: number;
  /** The names of the last presses, so that one that is sent again changes nothing. */
  ids: string[];
}

/** Whose mark, and where. */
export interface MarkKey {
  workshopId: string;
  stepId: string;
  memberId: string;
}

interface StepMarkModel extends Model<StepMarkDocument> {
  /** Sets the mark, unless this press was taken before; answers the mark as it stands then, and whether it was changed. */
  press(key: MarkKey, mark: Pick<MarkStep, 'clientMarkId' | 'state' | 'note'>, now: Date): Promise<{ mark: StepMarkDocument; isNew: boolean }>;
  /** Marks one that is stuck as helped; null when it is not stuck. */
  help(key: MarkKey, now: Date): Promise<StepMarkDocument | null>;
  findMark(key: MarkKey): Promise<StepMarkDocument | null>;
  /** For each step how many marks are in each state, and how many changes all marks of the workshop have seen. */
  count(workshopId: Types.ObjectId): Promise<{ counts: { stepId: string; state: MarkState; count: number }[]; moves: number }>;
}

/** How many presses are remembered by name: more than a client has under way at once. */
const idsKept = 8;
/** How often a first mark gives way to another device of the same member that sets it in the same moment. */
const tries = 3;

const stepMarkSchema = new Schema<StepMarkDocument, StepMarkModel>(
  {
    _id: { type: String, required: true },
    workshopId: { type: Schema.Types.ObjectId, required: true },
    stepId: { type: String, required: true },
    memberId: { type: Schema.Types.ObjectId, required: true },
    state: { type: String, required: true },
    note: { type: String, default: '' },
    since: { type: Date, required: true },
    changedAt: { type: Date, required: true, index: true },
    version: { type: Number, required: true },
    ids: { type: [String], required: true },
  },
  { versionKey: false },
);
stepMarkSchema.index({ memberId: 1, workshopId: 1 });
stepMarkSchema.index({ workshopId: 1, state: 1, since: 1 });

const idOf = ({ workshopId, stepId, memberId }: MarkKey): string => `${workshopId}:${stepId}:${memberId}`;

stepMarkSchema.statics.press = async function (this: StepMarkModel, key: MarkKey, { clientMarkId, state, note }: Parameters<StepMarkModel['press']>[1], now: Date) {
  const _id = idOf(key);
  const isFresh = { ids: { $ne: clientMarkId } };
  const step = { $inc: { version: 1 }, $push: { ids: { $each: [clientMarkId], $slice: -idsKept } } };
  for (let left = tries; left > 0; left -= 1) {
    // Who says more while they wait keeps their place in the queue.
    const waiting = state === 'stuck' ? await this.findOneAndUpdate({ _id, state, ...isFresh }, { $set: { note, changedAt: now }, ...step }, { returnDocument: 'after' }).lean() : null;
    if (waiting) return { mark: waiting, isNew: true };
    try {
      const set = { workshopId: key.workshopId, stepId: key.stepId, memberId: key.memberId, state, note: state === 'stuck' ? note : '', since: now, changedAt: now };
      return { mark: await this.findOneAndUpdate({ _id, ...isFresh }, { $set: set, ...step }, { returnDocument: 'after', upsert: true }).lean(), isNew: true };
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const mark = await this.findById(_id).lean();
      if (mark?.ids.includes(clientMarkId)) return { mark, isNew: false };
    }
  }
  throw new Error('a mark could not be set: another device kept setting it');
};

stepMarkSchema.statics.help = function (this: StepMarkModel, key: MarkKey, now: Date) {
  return this.findOneAndUpdate({ _id: idOf(key), state: 'stuck' }, { $set: { state: 'helped', note: '', since: now, changedAt: now }, $inc: { version: 1 } }, { returnDocument: 'after' }).lean();
};

stepMarkSchema.statics.findMark = function (this: StepMarkModel, key: MarkKey) {
  return this.findById(idOf(key)).lean();
};

stepMarkSchema.statics.count = async function (this: StepMarkModel, workshopId: Types.ObjectId) {
  const groups = await this.aggregate<{ _id: { stepId: string; state: MarkState }; count: number; moves: number }>([
    { $match: { workshopId } },
    { $group: { _id: { stepId: '$stepId', state: '$state' }, count: { $sum: 1 }, moves: { $sum: '$version' } } },
  ]);
  return { counts: groups.map(({ _id, count }) => ({ ..._id, count })), moves: groups.reduce((sum, { moves }) => sum + moves, 0) };
};

export const StepMark = model<StepMarkDocument, StepMarkModel>('StepMark', stepMarkSchema);
