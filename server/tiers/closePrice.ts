import type { TierPriceRow } from '../../shared/contracts/memberships/prices.js';
import { AppError } from '../../shared/failures.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { TierPrice } from '../models/memberships/tierPrice.js';
import { viewPriceRow } from './tiers.views.js';

/**
 * Closes a price without another in its place: nobody begins with it any more, and who has it keeps it. Closing it again
 * changes nothing. At Stripe it stays active: an inactive one could not be named in a change that members who have it make.
 *
 * @throws price.not_found - there is none.
 */
export async function closePrice(deps: Deps, _actor: Actor, input: { priceId: string }): Promise<TierPriceRow> {
  const price = await TierPrice.shut(input.priceId, deps.now());
  if (!price) throw new AppError('price.not_found');
  return viewPriceRow(price);
}
