/** A poll of a workshop. Its votes are not here but in its ballot boxes (`ballotBox.ts`), which also judge whether one may still be cast. */
import { randomBytes } from 'node:crypto';
import { model, Schema, type Model, type Types } from 'mongoose';
import type { PollDraft, PollKind, PollState } from '../../../shared/contracts/live/polls.js';

export interface PollDocument {
  _id: Types.ObjectId;
  workshopId: Types.ObjectId;
  clientPollId: string;
  kind: PollKind;
  question: string;
  options: string[];
  /** Places of the right options; none where it is no quiz. */
  right: number[];
  isAnonymous: boolean;
  resultsShown: boolean;
  state: PollState;
  /** Rises by one with every change. */
  version: number;
  /** Of an anonymous poll, what its votes are filed under is made with this, see `voterOf`; 64 hex digits. */
  ballotKey: string;
  createdAt: Date;
  changedAt: Date;
  launchedAt: Date | null;
  closedAt: Date | null;
}

/** What changes in a poll, besides its version and the time of it. */
export type PollChange = Partial<Pick<PollDocument, keyof PollDraft | 'state' | 'launchedAt' | 'closedAt'>>;

interface PollModel extends Model<PollDocument> {
  /** Stores the draft once per workshop and `clientPollId`; `isNew` is false when it was there. */
  draftOnce(key: { workshopId: string; clientPollId: string }, draft: PollDraft, now: Date): Promise<{ poll: PollDocument; isNew: boolean }>;
  /** Changes the poll, if it still is as it was read; null when it is not. */
  change(read: PollDocument, change: PollChange, now: Date): Promise<PollDocument | null>;
}

const pollSchema = new Schema<PollDocument, PollModel>(
  {
    workshopId: { type: Schema.Types.ObjectId, required: true },
    clientPollId: { type: String, required: true },
    kind: { type: String, required: true },
    question: { type: String, required: true },
    options: { type: [String], required: true },
    right: { type: [Number], required: true },
    isAnonymous: { type: Boolean, required: true },
    resultsShown: { type: Boolean, required: true },
    state: { type: String, required: true },
    version: { type: Number, required: true },
    ballotKey: { type: String, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    launchedAt: { type: Date, default: null },
    closedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
pollSchema.index({ workshopId: 1, clientPollId: 1 }, { unique: true });
pollSchema.index({ state: 1 });
pollSchema.index({ changedAt: 1 });

pollSchema.statics.draftOnce = async function (this: PollModel, key: Parameters<PollModel['draftOnce']>[0], draft: PollDraft, now: Date) {
  const first = { ...draft, state: 'draft', version: 1, ballotKey: randomBytes(32).toString('hex'), createdAt: now, changedAt: now, launchedAt: null, closedAt: null };
  const result = await this.updateOne(key, { $setOnInsert: first }, { upsert: true });
  return { poll: await this.findOne(key).orFail().lean(), isNew: result.upsertedCount === 1 };
};

pollSchema.statics.change = function (this: PollModel, { _id, version }: PollDocument, change: PollChange, now: Date) {
  return this.findOneAndUpdate({ _id, version }, { $set: { ...change, changedAt: now }, $inc: { version: 1 } }, { returnDocument: 'after' }).lean();
};

export const Poll = model<PollDocument, PollModel>('Poll', pollSchema);
