import { Types } from 'mongoose';
import type { StoredPlan } from '../../models/memberships/membership.js';
import { TierPrice, type TierPriceDocument } from '../../models/memberships/tierPrice.js';

/** A price as a membership keeps it. */
export function planOf({ _id, tierKey, interval, amount, currency }: TierPriceDocument): StoredPlan {
  return { priceId: new Types.ObjectId(String(_id)), tierKey, interval, amount, currency };
}

/** The plan that one of Stripe's prices stands for, closed ones too; null where it is none of ours. */
export async function planByStripe(stripePriceId: string | null | undefined): Promise<StoredPlan | null> {
  if (!stripePriceId) return null;
  const price = await TierPrice.findOne({ stripePriceId }).lean();
  return price && planOf(price);
}
