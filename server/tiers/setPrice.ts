import type { SetPrice, TierPriceRow } from '../../shared/contracts/memberships/prices.js';
import { AppError } from '../../shared/failures.js';
import { leastCharge } from '../../shared/money.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { TierPrice } from '../models/memberships/tierPrice.js';
import { Tier } from '../models/tier.js';
import { completePrice } from './completePrice.js';
import { viewPriceRow } from './tiers.views.js';

/**
 * Sets what newcomers pay for a tier each month or each year, once per `clientPriceId`. The price before it is closed; who has
 * it keeps it. Where Stripe cannot be told now, the price stands all the same, and Stripe is told later.
 *
 * @throws tier.not_found - there is none, or it is the free one, which costs nothing.
 * @throws price.too_small - Stripe charges no so small amount.
 */
export async function setPrice(deps: Deps, _actor: Actor, input: SetPrice): Promise<TierPriceRow> {
  if (!(await Tier.exists({ key: input.tierKey, rank: { $gt: 0 } }))) throw new AppError('tier.not_found');
  const least = leastCharge(input.currency);
  if (input.amount < least) throw new AppError('price.too_small', { least: { amount: least, currency: input.currency } });
  const price = await TierPrice.setOnce({ ...input, createdAt: deps.now() });
  try {
    return viewPriceRow(await completePrice(deps, price));
  } catch (error) {
    deps.log.warn({ err: error, priceId: String(price._id) }, 'Stripe was not told of a price; it is told later');
    return viewPriceRow(price);
  }
}
