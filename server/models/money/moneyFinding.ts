/**
 * Something about money that cannot be seen in an order alone, as the last comparison with Stripe found it: it stands until a
 * comparison or a repair finds it gone, and what a person has set aside stays so.
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { Money } from '../../../shared/money.js';

/** What was found. Amounts are in minor units; `amount` of a payment is what is left of it, `fee` what Stripe took for it, absent until told. */
export type FoundMoney =
  | { kind: 'paid_without_right'; orderId: Types.ObjectId }
  | { kind: 'right_without_money'; grantId: Types.ObjectId }
  | { kind: 'unknown_payment'; paymentId: string; customerId: string | null; amount: number; currency: string; fee?: Money; email: string | null }
  | { kind: 'unknown_subscription'; subscriptionId: string; customerId: string | null; amount: number; currency: string; email: string | null }
  | { kind: 'seats_disagree'; workshopId: Types.ObjectId; taken: number; valid: number };

export interface MoneyFindingDocument {
  /** What it is about: `order:…`, `right:…`, `payment:pi_…`, `subscription:sub_…`, `seats:…`. */
  _id: string;
  found: FoundMoney;
  since: Date;
  /** Who has said that it is not the house's, and when. */
  setAside: { byId: Types.ObjectId; at: Date } | null;
  /** When it was found gone. */
  closedAt: Date | null;
}

interface MoneyFindingModel extends Model<MoneyFindingDocument> {
  /** Notes what was found. What stands keeps its age; what was gone begins anew. */
  report(id: string, found: FoundMoney, now: Date): Promise<void>;
  /** It is gone. */
  close(id: string, now: Date): Promise<void>;
  /** It is so, and nothing is to be done about it: so it is kept, and not put before a person. */
  keepClosed(id: string, found: FoundMoney, now: Date): Promise<void>;
  /** It was a mistake: the house knows it by now. */
  forget(id: string): Promise<void>;
  /** What all payments that are for nothing the house knows have left in Stripe's balance, by currency; also those that were set aside or went back. */
  unknownMoney(): Promise<Money[]>;
  /** A person has said that it is not the house's. */
  putAside(id: string, byId: Types.ObjectId, now: Date): Promise<void>;
  /** Those that stand, set aside or not. */
  standing(kind: FoundMoney['kind']): Promise<MoneyFindingDocument[]>;
  /** Those that a person should look at. */
  open(): Promise<MoneyFindingDocument[]>;
  /** Whether a payment or a customer is one of those that are known to be unknown, set aside or not. */
  hasUnknown(about: { paymentId: string | null; customerId?: string | null }): Promise<boolean>;
}

const findingSchema = new Schema<MoneyFindingDocument, MoneyFindingModel>(
  {
    _id: { type: String, required: true },
    // The fields of its kind: written here only, and by type.
    found: { type: Schema.Types.Mixed, required: true },
    since: { type: Date, required: true },
    setAside: { type: new Schema({ byId: { type: Schema.Types.ObjectId, required: true }, at: { type: Date, required: true } }, { _id: false }), default: null },
    closedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
findingSchema.index({ closedAt: 1, setAside: 1 });
findingSchema.index({ 'found.paymentId': 1 });
findingSchema.index({ 'found.customerId': 1 });

findingSchema.statics.report = async function (this: MoneyFindingModel, id: string, found: FoundMoney, now: Date) {
  const standing = await this.updateOne({ _id: id, closedAt: null }, { $set: { found } });
  if (standing.matchedCount === 0) await this.updateOne({ _id: id }, { $set: { found, since: now, closedAt: null }, $setOnInsert: { setAside: null } }, { upsert: true });
};

findingSchema.statics.close = async function (this: MoneyFindingModel, id: string, now: Date) {
  await this.updateOne({ _id: id, closedAt: null }, { $set: { closedAt: now } });
};

findingSchema.statics.keepClosed = async function (this: MoneyFindingModel, id: string, found: FoundMoney, now: Date) {
  await this.updateOne({ _id: id }, { $set: { found, closedAt: now }, $setOnInsert: { since: now, setAside: null } }, { upsert: true });
};

findingSchema.statics.forget = async function (this: MoneyFindingModel, id: string) {
  await this.deleteOne({ _id: id });
};

findingSchema.statics.unknownMoney = async function (this: MoneyFindingModel) {
  const ofPayments = { $match: { 'found.kind': 'unknown_payment' } };
  const summed = (currency: string, amount: object | string) => this.aggregate<{ _id: string | null; amount: number }>([ofPayments, { $group: { _id: currency, amount: { $sum: amount } } }]);
  const parts = [...(await summed('$found.currency', '$found.amount')), ...(await summed('$found.fee.currency', { $subtract: [0, { $ifNull: ['$found.fee.amount', 0] }] }))];
  const sums = new Map<string, number>();
  for (const { _id: currency, amount } of parts) if (currency) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, amount]) => ({ currency, amount })).filter(({ amount }) => amount !== 0).sort((one, other) => one.currency.localeCompare(other.currency));
};

findingSchema.statics.putAside = async function (this: MoneyFindingModel, id: string, byId: Types.ObjectId, now: Date) {
  await this.updateOne({ _id: id, closedAt: null, setAside: null }, { $set: { setAside: { byId, at: now } } });
};

findingSchema.statics.standing = function (this: MoneyFindingModel, kind: FoundMoney['kind']) {
  return this.find({ 'found.kind': kind, closedAt: null }).lean();
};

findingSchema.statics.open = function (this: MoneyFindingModel) {
  return this.find({ closedAt: null, setAside: null }).sort({ since: 1, _id: 1 }).lean();
};

findingSchema.statics.hasUnknown = async function (this: MoneyFindingModel, { paymentId, customerId }: Parameters<MoneyFindingModel['hasUnknown']>[0]) {
  const ways = [...(paymentId ? [{ 'found.paymentId': paymentId }] : []), ...(customerId ? [{ 'found.customerId': customerId }] : [])];
  return ways.length > 0 && (await this.exists({ $or: ways })) !== null;
};

export const MoneyFinding = model<MoneyFindingDocument, MoneyFindingModel>('MoneyFinding', findingSchema);
