/** A line of the ledger: written once for each thing that happened to money, at Stripe or with a partner, and never changed. */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { LedgerKind, LedgerStream } from '../../../shared/contracts/money/ledger.js';

export interface LedgerEntryDocument {
  _id: Types.ObjectId;
  /** What happened, by Stripe's own id: `charge:ch_…`, `refund:re_…`, `fee:txn_…`, `dispute:txn_…`; or by ours: see `partnerSource`, `counterSource`. */
  source: string;
  stream: LedgerStream;
  kind: LedgerKind;
  /** Signed, in minor units: a charge is positive; a refund, a dispute or a fee negative, and positive when it comes back. */
  amount: number;
  currency: string;
  orderId: Types.ObjectId | null;
  workshopId: Types.ObjectId | null;
  label: string;
  /** What was written down with it by hand; empty where it came from Stripe. Absent, like `enteredBy`, in an older line. */
  note?: string;
  enteredBy?: Types.ObjectId | null;
  occurredAt: Date;
}

/** The source of what a partner paid, by the id that the browser gave it. */
export const partnerSource = (clientEntryId: string): string => `partnership:${clientEntryId}`;

/** The source of what takes an entry back: as there is one source once, it is taken back once. */
export const counterSource = (entryId: Types.ObjectId): string => `counter:${String(entryId)}`;

/** What one order came to, in minor units of one currency: `refunds`, `disputes` and `fees` are negative or 0; `fees` is null until told. */
export interface OrderSums {
  gross: number;
  refunds: number;
  disputes: number;
  fees: number | null;
}

interface LedgerEntryModel extends Model<LedgerEntryDocument> {
  /** Writes the line unless what it tells of is written already. Answers whether it is new. */
  recordOnce(entry: Omit<LedgerEntryDocument, '_id'>): Promise<boolean>;
  /** Which of these entries are taken back, by their ids. */
  takenBack(entryIds: readonly Types.ObjectId[]): Promise<Set<string>>;
  /** The sums of a workshop's orders, each currency for itself, by `<order id> <currency>`. */
  sumsOf(workshopId: string): Promise<Map<string, OrderSums>>;
}

const ledgerEntrySchema = new Schema<LedgerEntryDocument, LedgerEntryModel>(
  {
    source: { type: String, required: true, unique: true },
    stream: { type: String, required: true },
    kind: { type: String, required: true },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    orderId: { type: Schema.Types.ObjectId, default: null },
    workshopId: { type: Schema.Types.ObjectId, default: null },
    label: { type: String, required: true },
    note: { type: String, default: '' },
    enteredBy: { type: Schema.Types.ObjectId, default: null },
    occurredAt: { type: Date, required: true },
  },
  { versionKey: false },
);
ledgerEntrySchema.index({ workshopId: 1, orderId: 1 });
ledgerEntrySchema.index({ workshopId: 1, occurredAt: -1, _id: -1 });
ledgerEntrySchema.index({ occurredAt: -1, _id: -1 });
ledgerEntrySchema.index({ currency: 1, stream: 1, occurredAt: -1, _id: -1 });

ledgerEntrySchema.statics.recordOnce = async function (this: LedgerEntryModel, { source, ...entry }: Omit<LedgerEntryDocument, '_id'>) {
  const result = await this.updateOne({ source }, { $setOnInsert: entry }, { upsert: true });
  return result.upsertedCount === 1;
};

ledgerEntrySchema.statics.takenBack = async function (this: LedgerEntryModel, entryIds: readonly Types.ObjectId[]) {
  if (entryIds.length === 0) return new Set<string>();
  const found = await this.find({ source: { $in: entryIds.map(counterSource) } }).select({ source: 1 }).lean();
  const sources = new Set(found.map(({ source }) => source));
  return new Set(entryIds.filter((id) => sources.has(counterSource(id))).map(String));
};

ledgerEntrySchema.statics.sumsOf = async function (this: LedgerEntryModel, workshopId: string) {
  const entries = await this.find({ workshopId }).lean();
  const sums = new Map<string, OrderSums>();
  for (const { kind, amount, orderId, currency } of entries) {
    const key = `${String(orderId)} ${currency}`;
    const sum = sums.get(key) ?? { gross: 0, refunds: 0, disputes: 0, fees: null };
    if (kind === 'charge') sum.gross += amount;
    else if (kind === 'refund') sum.refunds += amount;
    else if (kind === 'dispute') sum.disputes += amount;
    else sum.fees = (sum.fees ?? 0) + amount;
    sums.set(key, sum);
  }
  return sums;
};

export const LedgerEntry = model<LedgerEntryDocument, LedgerEntryModel>('LedgerEntry', ledgerEntrySchema);
