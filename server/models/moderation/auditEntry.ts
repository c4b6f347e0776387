/**
 * The audit log: what was done by those who moderate, and by the house itself. It is only ever added to; this program
 * can neither change an entry nor take one away.
 *
 * An act and its entry are two documents. So that neither stands without the other, the act's own conditional write
 * leaves the entry on the document it changes (`unaudited`), whole and under its id; from there it is copied into the log
 * and then taken off. A crash in between leaves it there, to be found by whoever reads the log next, and by a timer. To
 * write the entry first would put acts into the log that were never done.
 */
import mongoose, { model, Schema, type Model, type Types } from 'mongoose';
import type { AuditAction, RoomMode } from '../../../shared/contracts/moderation.js';
import { isDuplicate } from '../duplicate.js';

export interface AuditEntryDocument {
  /** Made when the act is done, so that entries stand in its order. */
  _id: Types.ObjectId;
  at: Date;
  action: AuditAction;
  /** Null: the house, by itself. */
  byId: Types.ObjectId | null;
  memberId: Types.ObjectId | null;
  roomId: Types.ObjectId | null;
  messageId: Types.ObjectId | null;
  reason: string;
  mode: RoomMode | null;
  until: Date | null;
}

/** A document that an act has changed, with the entries that are not in the log yet. */
export interface Audited {
  _id: Types.ObjectId;
  unaudited?: AuditEntryDocument[];
}

interface AuditEntryModel extends Model<AuditEntryDocument> {
  /** The newest first, older than the entry `before`; of one room, or of all and the house. */
  page(asked: { roomId: string | null; before?: string | undefined; limit: number }): Promise<{ entries: AuditEntryDocument[]; hasMore: boolean }>;
}

const fields = {
  _id: { type: Schema.Types.ObjectId, required: true },
  at: { type: Date, required: true },
  action: { type: String, required: true },
  byId: { type: Schema.Types.ObjectId, default: null },
  memberId: { type: Schema.Types.ObjectId, default: null },
  roomId: { type: Schema.Types.ObjectId, default: null },
  messageId: { type: Schema.Types.ObjectId, default: null },
  reason: { type: String, default: '' },
  mode: { type: Schema.Types.Mixed, default: null },
  until: { type: Date, default: null },
} as const;

/** The field in which an act's document keeps the entries that are not in the log yet. */
export const unauditedField = { type: [new Schema(fields)], default: undefined } as const;
/** Nearly always empty, so that to look for what a crash has left costs next to nothing. */
export const unauditedIndex = [{ 'unaudited.at': 1 }, { sparse: true }] as const;
/** What such documents are found by: a span of the index, for not every planner walks a sparse one to see what exists. */
const isUnaudited = { 'unaudited.at': { $gt: new Date(0) } };

const entrySchema = new Schema<AuditEntryDocument, AuditEntryModel>(fields, {
  versionKey: false,
  statics: {
    async page({ roomId, before, limit }: { roomId: string | null; before?: string | undefined; limit: number }) {
      const older = before === undefined ? {} : { _id: { $lt: before } };
      const found = await this.find({ ...(roomId === null ? {} : { roomId }), ...older })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .lean();
      return { entries: found.slice(0, limit), hasMore: found.length > limit };
    },
  },
});
entrySchema.index({ roomId: 1, _id: -1 });
const never = (): never => {
  throw new Error('the audit log is only added to');
};
entrySchema.pre(['updateOne', 'updateMany', 'findOneAndUpdate', 'findOneAndReplace', 'findOneAndDelete', 'replaceOne', 'deleteOne', 'deleteMany'], never);

export const AuditEntry = model<AuditEntryDocument, AuditEntryModel>('AuditEntry', entrySchema, 'auditentries');

/** What an act's entry says besides when and what; all that does not apply may be left out. */
export type AuditFacts = Partial<Pick<AuditEntryDocument, 'byId' | 'memberId' | 'roomId' | 'messageId' | 'reason' | 'mode' | 'until'>>;

/** A new entry, to be left in `unaudited` by the write that does the act. */
export function auditOf(action: AuditAction, at: Date, facts: AuditFacts): AuditEntryDocument {
  return { _id: new mongoose.Types.ObjectId(), at, action, byId: null, memberId: null, roomId: null, messageId: null, reason: '', mode: null, until: null, ...facts };
}

/** A model whose documents may carry entries. What differs between such models does not matter here, so their bare collections are used. */
type Carrying = Pick<Model<never>, 'collection'>;

/** Copies into the log what one document still carries, then takes it off. Doing it again, or on two nodes, changes nothing. */
export async function writeDown({ collection }: Carrying, { _id, unaudited = [] }: Audited): Promise<void> {
  if (unaudited.length === 0) return;
  for (const entry of unaudited) await addOnce(entry);
  await collection.updateOne({ _id }, { $pull: { unaudited: { _id: { $in: unaudited.map((entry) => entry._id) } } } } as never);
}

/** Writes down what acts of one kind have left behind, after a crash or a store that failed. */
export async function writeDownLeft(carrying: Carrying): Promise<void> {
  const left = carrying.collection.find<Audited>(isUnaudited, { projection: { unaudited: 1 } });
  for await (const document of left) await writeDown(carrying, document);
}

async function addOnce(entry: AuditEntryDocument): Promise<void> {
  try {
    await AuditEntry.create(entry);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
