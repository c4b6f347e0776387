import type { Deps } from '../deps.js';
import { TierPrice } from '../models/memberships/tierPrice.js';
import { Tier } from '../models/tier.js';
import type { Job } from '../platform/schedule.js';
import { completePrice, nameProduct } from './completePrice.js';

/** What is looked at again and again: prices and names of tiers that Stripe does not know yet. */
export function tierTimers(deps: Deps): Job[] {
  return [{ name: 'tier-prices', everyMs: 10_000, run: () => tellStripe(deps) }];
}

/** Has Stripe know every price, and the name of every tier it sells. What fails is tried again the next time. */
export async function tellStripe(deps: Deps): Promise<void> {
  for (const price of await TierPrice.find({ stripePriceId: null }).lean()) {
    await completePrice(deps, price).catch((error: unknown) => deps.log.error({ err: error, priceId: String(price._id) }, 'Stripe was not told of a price; it is told later'));
  }
  for (const tier of await Tier.find({ productName: { $ne: null }, $expr: { $ne: ['$name', '$productName'] } }).lean()) {
    await nameProduct(deps, tier).catch((error: unknown) => deps.log.error({ err: error, tier: tier.key }, 'Stripe was not told of a new name; it is told later'));
  }
}
