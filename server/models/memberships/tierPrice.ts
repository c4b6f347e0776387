/**
 * What a tier costs per month or per year. A price never changes. A new one takes the place of the one before it, which
 * goes on for the members who have it: of a tier and interval the one with the highest `number` is offered, unless it is closed. So
 * that there is one at most is decided by a single insert; `closedAt` of the older ones only writes down what holds already.
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { BillingInterval } from '../../../shared/contracts/memberships/memberships.js';
import { isDuplicate } from '../duplicate.js';

export interface TierPriceDocument {
  _id: Types.ObjectId;
  clientPriceId: string;
  tierKey: string;
  interval: BillingInterval;
  /** Counts the prices of this tier and interval, from 1. */
  number: number;
  /** In minor units. */
  amount: number;
  currency: string;
  /** Free days at the beginning; 0 for none. */
  trialDays: number;
  /** Null until Stripe has it. */
  stripePriceId: string | null;
  createdAt: Date;
  /** Since when newcomers are not offered it. */
  closedAt: Date | null;
}

export type NewTierPrice = Pick<TierPriceDocument, 'clientPriceId' | 'tierKey' | 'interval' | 'amount' | 'currency' | 'trialDays' | 'createdAt'>;

interface TierPriceModel extends Model<TierPriceDocument> {
  /** Makes the price once per `clientPriceId`, and closes those before it. */
  setOnce(price: NewTierPrice): Promise<TierPriceDocument>;
  /** The price if it is offered now; null else. */
  openById(priceId: string): Promise<TierPriceDocument | null>;
  /** All that are offered now, by tier, the month's before the year's. */
  allOpen(): Promise<TierPriceDocument[]>;
  /** Closes a price; null when there is none. Closing it again changes nothing. */
  shut(priceId: string, now: Date): Promise<TierPriceDocument | null>;
}

const tierPriceSchema = new Schema<TierPriceDocument, TierPriceModel>(
  {
    clientPriceId: { type: String, required: true, unique: true },
    tierKey: { type: String, required: true },
    interval: { type: String, required: true },
    number: { type: Number, required: true },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    trialDays: { type: Number, required: true },
    stripePriceId: { type: String, default: null },
    createdAt: { type: Date, required: true },
    closedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
tierPriceSchema.index({ tierKey: 1, interval: 1, number: -1 }, { unique: true });
tierPriceSchema.index({ stripePriceId: 1 });

tierPriceSchema.statics.setOnce = async function (this: TierPriceModel, price: NewTierPrice) {
  for (;;) {
    const known = await this.findOne({ clientPriceId: price.clientPriceId }).lean();
    const made = known ?? (await insertNext(this, price));
    if (!made) continue;
    const { tierKey, interval, number } = made;
    await this.updateMany({ tierKey, interval, number: { $lt: number }, closedAt: null }, { $set: { closedAt: made.createdAt } });
    return made;
  }
};

/** Adds the price after the last one; null when another has taken its number or name at this moment. */
async function insertNext(prices: TierPriceModel, price: NewTierPrice): Promise<TierPriceDocument | null> {
  const last = await prices.findOne({ tierKey: price.tierKey, interval: price.interval }).sort({ number: -1 }).lean();
  try {
    return (await prices.create({ ...price, number: (last?.number ?? 0) + 1 })).toObject();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return null;
  }
}

tierPriceSchema.statics.openById = async function (this: TierPriceModel, priceId: string) {
  const price = await this.findOne({ _id: priceId, closedAt: null }).lean();
  if (!price) return null;
  const { tierKey, interval, number } = price;
  return (await this.exists({ tierKey, interval, number: { $gt: number } })) ? null : price;
};

tierPriceSchema.statics.allOpen = function (this: TierPriceModel) {
  return this.aggregate<TierPriceDocument>([
    { $sort: { number: -1 } },
    { $group: { _id: { tierKey: '$tierKey', interval: '$interval' }, newest: { $first: '$$ROOT' } } },
    { $replaceRoot: { newRoot: '$newest' } },
    { $match: { closedAt: null } },
    { $sort: { tierKey: 1, interval: 1 } },
  ]);
};

tierPriceSchema.statics.shut = async function (this: TierPriceModel, priceId: string, now: Date) {
  await this.updateOne({ _id: priceId, closedAt: null }, { $set: { closedAt: now } });
  return this.findById(priceId).lean();
};

export const TierPrice = model<TierPriceDocument, TierPriceModel>('TierPrice', tierPriceSchema);
