/** A workshop's queue as a whole: how questions are taken, and the number under which it is told of. One that was never touched has no document. */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { QueueSettings } from '../../../shared/contracts/live/questions.js';
import { limits } from '../../../shared/limits.js';

export interface QueueDocument {
  /** The workshop's. */
  _id: Types.ObjectId;
  /** Rises by one with everything that is told of the queue. */
  rev: number;
  settings?: QueueSettings;
}

interface QueueModel extends Model<QueueDocument> {
  read(workshopId: string): Promise<{ rev: number; settings: QueueSettings }>;
  /** The next `rev`. What is read after this, and told under it, has all changes that were told of under lower ones. */
  raise(workshopId: string): Promise<number>;
  /** Settles how questions are taken; answers the `rev` to tell it under. */
  settle(workshopId: string, settings: QueueSettings): Promise<number>;
}

const usual: QueueSettings = { isModerated: true, openMax: limits.openQuestions };

const queueSchema = new Schema<QueueDocument, QueueModel>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    rev: { type: Number, required: true },
    settings: { type: new Schema({ isModerated: { type: Boolean, required: true }, openMax: { type: Number, required: true } }, { _id: false }) },
  },
  {
    versionKey: false,
    statics: {
      async read(workshopId: string) {
        const queue = await this.findById(workshopId).lean();
        return { rev: queue?.rev ?? 0, settings: queue?.settings ?? usual };
      },
      async raise(workshopId: string) {
        const raised = await this.findOneAndUpdate({ _id: workshopId }, { $inc: { rev: 1 } }, { upsert: true, returnDocument: 'after' }).orFail().lean();
        return raised.rev;
      },
      async settle(workshopId: string, settings: QueueSettings) {
        const settled = await this.findOneAndUpdate({ _id: workshopId }, { $inc: { rev: 1 }, $set: { settings } }, { upsert: true, returnDocument: 'after' }).orFail().lean();
        return settled.rev;
      },
    },
  },
);

export const QuestionQueue = model<QueueDocument, QueueModel>('QuestionQueue', queueSchema);
