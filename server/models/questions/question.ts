/** A question in a workshop's queue. At most one of a workshop is `answering`, and one member has at most so many open: indexes hold it so. */
import { model, Schema, type Model, type Types } from 'mongoose';
import { publicQuestionStates, type QuestionState } from '../../../shared/contracts/live/questions.js';

/** What the optional fields stand for is missing in questions that were asked before the house knew of it. */
export interface QuestionDocument {
  _id: Types.ObjectId;
  workshopId: Types.ObjectId;
  clientQuestionId: string;
  askerId: Types.ObjectId;
  isAnonymous?: boolean;
  text: string;
  state: QuestionState;
  /** Rises by one with every change but votes. */
  version: number;
  /** A set: nobody is in it twice. */
  voterIds?: Types.ObjectId[];
  /** How many are in it. */
  votes?: number;
  /** Rises by one with every change of it. */
  voteTurn?: number;
  askedAt: Date;
  answeringAt: Date | null;
  answeredAt: Date | null;
  answer?: { text: string; byId: Types.ObjectId; at: Date } | null;
  chapterSeconds?: number | null;
  /** An earlier question that asks the same: this one is seen there, and its votes count there. Always to an earlier one, so that it leads nowhere in a circle. */
  mergedIntoId?: Types.ObjectId | null;
  /** Which of its asker's places it takes while it is open, counted from 1. One that is brought back takes none. */
  openPlace?: number;
  labels?: string[];
  assigneeId?: Types.ObjectId | null;
  /** When it was changed in a way that nobody was told of yet. */
  untoldAt?: Date | null;
}

/** Those a host has still to deal with. */
export const openStates: readonly QuestionState[] = ['pending', 'approved'];

/** A question without its voters, who may be thousands. */
export type QuestionFacts = Omit<QuestionDocument, 'voterIds'>;

interface QuestionModel extends Model<QuestionDocument> {
  /**
   * Stores the question once per asker and `clientQuestionId`; `isNew` is false when it was there.
   *
   * @throws MongoDB's 11000 when another open one of its asker has taken its `openPlace`.
   */
  askOnce(
    question: Pick<QuestionDocument, 'clientQuestionId' | 'text' | 'askedAt' | 'isAnonymous' | 'state' | 'openPlace'> & { workshopId: string; askerId: string },
  ): Promise<{ question: QuestionFacts; isNew: boolean }>;
  /**
   * Changes the question if it still is what was read: of that `version`. Null when it is not.
   *
   * @throws MongoDB's 11000 when it would be the second `answering` one of its workshop.
   */
  changeFrom(read: Pick<QuestionDocument, '_id' | 'version'>, set: Partial<QuestionDocument>, now: Date): Promise<QuestionFacts | null>;
  /** Puts the member among the voters of a question that everybody sees; null when they are there already, or it is not seen. */
  addVoter(questionId: string, memberId: string, now: Date): Promise<QuestionFacts | null>;
  /** Takes the member from the voters; null when they are not among them. */
  dropVoter(questionId: string, memberId: string, now: Date): Promise<QuestionFacts | null>;
  /** Somebody was told what the question is as read here. What has changed since is still to be told. */
  markTold(read: QuestionFacts): Promise<void>;
}

const withoutVoters = { voterIds: 0 } as const;

const answerSchema = new Schema({ text: { type: String, required: true }, byId: { type: Schema.Types.ObjectId, required: true }, at: { type: Date, required: true } }, { _id: false });

const questionSchema = new Schema<QuestionDocument, QuestionModel>(
  {
    workshopId: { type: Schema.Types.ObjectId, required: true },
    clientQuestionId: { type: String, required: true },
    askerId: { type: Schema.Types.ObjectId, required: true },
    isAnonymous: { type: Boolean },
    text: { type: String, required: true },
    state: { type: String, required: true },
    version: { type: Number, required: true },
    voterIds: { type: [Schema.Types.ObjectId], default: undefined },
    votes: { type: Number },
    voteTurn: { type: Number },
    askedAt: { type: Date, required: true },
    answeringAt: { type: Date, default: null },
    answeredAt: { type: Date, default: null },
    answer: { type: answerSchema },
    chapterSeconds: { type: Number },
    mergedIntoId: { type: Schema.Types.ObjectId },
    openPlace: { type: Number },
    labels: { type: [String], default: undefined },
    assigneeId: { type: Schema.Types.ObjectId },
    untoldAt: { type: Date },
  },
  { versionKey: false },
);
questionSchema.index({ workshopId: 1, askerId: 1, clientQuestionId: 1 }, { unique: true });
questionSchema.index({ workshopId: 1, askedAt: 1 });
questionSchema.index({ workshopId: 1 }, { unique: true, partialFilterExpression: { state: 'answering' }, name: 'one_on_air' });
questionSchema.index({ workshopId: 1, askerId: 1, openPlace: 1 }, { unique: true, partialFilterExpression: { openPlace: { $type: 'number' } } });
questionSchema.index({ untoldAt: 1 }, { partialFilterExpression: { untoldAt: { $type: 'date' } } });

questionSchema.statics.askOnce = async function (
  this: QuestionModel,
  { workshopId, askerId, clientQuestionId, ...asked }: Parameters<QuestionModel['askOnce']>[0],
) {
  const key = { workshopId, askerId, clientQuestionId };
  const result = await this.updateOne(key, { $setOnInsert: { ...asked, untoldAt: asked.askedAt, version: 1, answeringAt: null, answeredAt: null } }, { upsert: true });
  return { question: await this.findOne(key).select(withoutVoters).orFail().lean(), isNew: result.upsertedCount === 1 };
};

questionSchema.statics.changeFrom = function (this: QuestionModel, { _id, version }: Pick<QuestionDocument, '_id' | 'version'>, set: Partial<QuestionDocument>, now: Date) {
  const isClosed = (set.state !== undefined && !openStates.includes(set.state)) || Boolean(set.mergedIntoId);
  const change = { $set: { ...set, untoldAt: now }, $inc: { version: 1 }, ...(isClosed ? { $unset: { openPlace: 1 } } : {}) };
  return this.findOneAndUpdate({ _id, version }, change, { returnDocument: 'after', projection: withoutVoters }).lean();
};

questionSchema.statics.addVoter = function (this: QuestionModel, questionId: string, memberId: string, now: Date) {
  const open = { _id: questionId, state: { $in: [...publicQuestionStates] }, mergedIntoId: null, voterIds: { $ne: memberId } };
  return this.findOneAndUpdate(open, { $addToSet: { voterIds: memberId }, $inc: { votes: 1, voteTurn: 1 }, $set: { untoldAt: now } }, { returnDocument: 'after', projection: withoutVoters }).lean();
};

questionSchema.statics.dropVoter = function (this: QuestionModel, questionId: string, memberId: string, now: Date) {
  return this.findOneAndUpdate(
    { _id: questionId, voterIds: memberId },
    { $pull: { voterIds: memberId }, $inc: { votes: -1, voteTurn: 1 }, $set: { untoldAt: now } },
    { returnDocument: 'after', projection: withoutVoters },
  ).lean();
};

questionSchema.statics.markTold = async function (this: QuestionModel, { _id, version, voteTurn }: QuestionFacts) {
  await this.updateOne({ _id, version, voteTurn: voteTurn ?? null }, { $set: { untoldAt: null } });
};

export const Question = model<QuestionDocument, QuestionModel>('Question', questionSchema);
