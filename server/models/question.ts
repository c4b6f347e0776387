/** A question in a workshop's queue. At most one of a workshop is `answering`: an index holds it so. */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { QuestionState } from '../../shared/contracts/questions.js';

export interface QuestionDocument {
  _id: Types.ObjectId;
  workshopId: Types.ObjectId;
  clientQuestionId: string;
  askerId: Types.ObjectId;
  text: string;
  state: QuestionState;
  /** Rises by one with every change. */
  version: number;
  askedAt: Date;
  answeringAt: Date | null;
  answeredAt: Date | null;
}

interface QuestionModel extends Model<QuestionDocument> {
  /** Stores the question once per asker and `clientQuestionId`; `isNew` is false when it was there. */
  askOnce(question: Pick<QuestionDocument, 'clientQuestionId' | 'text' | 'askedAt'> & { workshopId: string; askerId: string }): Promise<{ question: QuestionDocument; isNew: boolean }>;
  /**
   * Moves the question on, if it is in one of the states named; null when it is not.
   *
   * @throws MongoDB's 11000 when it would be the second `answering` one of its workshop.
   */
  move(questionId: Types.ObjectId, from: readonly QuestionState[], to: QuestionState, now: Date): Promise<QuestionDocument | null>;
}

const questionSchema = new Schema<QuestionDocument, QuestionModel>(
  {
    workshopId: { type: Schema.Types.ObjectId, required: true },
    clientQuestionId: { type: String, required: true },
    askerId: { type: Schema.Types.ObjectId, required: true },
    text: { type: String, required: true },
    state: { type: String, required: true },
    version: { type: Number, required: true },
    askedAt: { type: Date, required: true },
    answeringAt: { type: Date, default: null },
    answeredAt: { type: Date, default: null },
  },
  { versionKey: false },
);
questionSchema.index({ workshopId: 1, askerId: 1, clientQuestionId: 1 }, { unique: true });
questionSchema.index({ workshopId: 1, askedAt: 1 });
questionSchema.index({ workshopId: 1 }, { unique: true, partialFilterExpression: { state: 'answering' }, name: 'one_on_air' });

questionSchema.statics.askOnce = async function (
  this: QuestionModel,
  { workshopId, askerId, clientQuestionId, text, askedAt }: Parameters<QuestionModel['askOnce']>[0],
) {
  const key = { workshopId, askerId, clientQuestionId };
  const result = await this.updateOne(key, { $setOnInsert: { text, askedAt, state: 'pending', version: 1, answeringAt: null, answeredAt: null } }, { upsert: true });
  return { question: await this.findOne(key).orFail().lean(), isNew: result.upsertedCount === 1 };
};

questionSchema.statics.move = function (this: QuestionModel, questionId: Types.ObjectId, from: readonly QuestionState[], to: QuestionState, now: Date) {
  return this.findOneAndUpdate({ _id: questionId, state: { $in: [...from] } }, { $set: { state: to, ...stampsOf(to, now) }, $inc: { version: 1 } }, { returnDocument: 'after' }).lean();
};

/** What a state tells of times: a question that is brought back, or taken on air again, has not been answered. */
function stampsOf(to: QuestionState, now: Date): Partial<QuestionDocument> {
  if (to === 'answering') return { answeringAt: now, answeredAt: null };
  if (to === 'answered') return { answeredAt: now };
  return to === 'approved' ? { answeringAt: null, answeredAt: null } : {};
}

export const Question = model<QuestionDocument, QuestionModel>('Question', questionSchema);
