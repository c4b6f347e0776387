import type { TierPriceView } from '../../../shared/contracts/memberships/prices.js';
import type { TierOffer } from '../../../shared/contracts/tiers.js';
import { Tier, viewTier } from '../tier.js';
import { TierPrice, type TierPriceDocument } from './tierPrice.js';

/** All tiers with what newcomers are asked for them, rising by rank; the month's price stands before the year's. */
export async function listTierOffers(): Promise<TierOffer[]> {
  const [tiers, prices] = await Promise.all([Tier.inOrder(), TierPrice.allOpen()]);
  return tiers.map((tier) => ({ ...viewTier(tier), prices: prices.filter(({ tierKey }) => tierKey === tier.key).map(viewTierPrice) }));
}

/** A price as newcomers see it. */
export function viewTierPrice({ _id, interval, amount, currency, trialDays }: TierPriceDocument): TierPriceView {
  return { id: String(_id), interval, price: { amount, currency }, trialDays };
}
