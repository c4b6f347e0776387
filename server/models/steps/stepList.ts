/** A workshop's checklist for hands-on work: one document, changed as a whole. */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { Step } from '../../../shared/contracts/live/steps.js';
import { isDuplicate } from '../duplicate.js';

export interface StepListDocument {
  /** The workshop's id. */
  _id: Types.ObjectId;
  /** Rises by one with every change. */
  version: number;
  steps: Step[];
  changedAt: Date;
}

interface StepListModel extends Model<StepListDocument> {
  /** Writes the list anew, if it still has that version (0: there is none yet); null when it has not. */
  rewrite(workshopId: string, version: number, steps: readonly Step[], now: Date): Promise<StepListDocument | null>;
}

const stepListSchema = new Schema<StepListDocument, StepListModel>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    version: { type: Number, required: true },
    steps: { type: [new Schema({ id: { type: String, required: true }, text: { type: String, required: true } }, { _id: false, id: false })], required: true },
    changedAt: { type: Date, required: true, index: true },
  },
  { versionKey: false },
);

stepListSchema.statics.rewrite = async function (this: StepListModel, workshopId: string, version: number, steps: readonly Step[], now: Date) {
  try {
    // Of two hosts who begin the list at once the store refuses one: its id is taken by then.
    return await this.findOneAndUpdate({ _id: workshopId, version }, { $set: { steps, changedAt: now, version: version + 1 } }, { returnDocument: 'after', upsert: version === 0 }).lean();
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
};

export const StepList = model<StepListDocument, StepListModel>('StepList', stepListSchema);
