/** A line of the ledger: written once for each thing that happened to money at Stripe, never changed. */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { LedgerTotal } from '../../../shared/contracts/tickets.js';

export interface LedgerEntryDocument {
  _id: Types.ObjectId;
  /** What happened, by Stripe's own id: `charge:ch_…`, `refund:re_…`, `fee:txn_…`, `dispute:txn_…`. */
  source: string;
  stream: 'subscription' | 'pay_per_use' | 'partnership';
  kind: 'charge' | 'refund' | 'fee' | 'dispute';
  /** Signed, in minor units: a charge is positive; a refund, a dispute or a fee negative, and positive when it comes back. */
  amount: number;
  currency: string;
  orderId: Types.ObjectId | null;
  workshopId: Types.ObjectId | null;
  label: string;
  occurredAt: Date;
}

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
  /** The sums of each currency, in the currencies' alphabetical order. */
  totals(): Promise<LedgerTotal[]>;
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
    occurredAt: { type: Date, required: true },
  },
  { versionKey: false },
);
ledgerEntrySchema.index({ workshopId: 1, orderId: 1 });
ledgerEntrySchema.index({ occurredAt: -1 });

ledgerEntrySchema.statics.recordOnce = async function (this: LedgerEntryModel, { source, ...entry }: Omit<LedgerEntryDocument, '_id'>) {
  const result = await this.updateOne({ source }, { $setOnInsert: entry }, { upsert: true });
  return result.upsertedCount === 1;
};

const sumOf = (kind: LedgerEntryDocument['kind']) => ({ $sum: { $cond: [{ $eq: ['$kind', kind] }, '$amount', 0] } });

ledgerEntrySchema.statics.totals = async function (this: LedgerEntryModel) {
  const rows = await this.aggregate<{ _id: string; gross: number; refunds: number; disputes: number; fees: number }>([
    { $group: { _id: '$currency', gross: sumOf('charge'), refunds: sumOf('refund'), disputes: sumOf('dispute'), fees: sumOf('fee') } },
    { $sort: { _id: 1 } },
  ]);
  return rows.map(({ _id: currency, gross, refunds, disputes, fees }) => ({ currency, gross, refunds, disputes, fees, net: gross + refunds + disputes + fees }));
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
