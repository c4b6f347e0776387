import type { TierOffer } from '../../shared/contracts/tiers.js';
import { listTierOffers } from '../models/memberships/tierOffers.js';

/** All tiers with their prices, rising by rank; the free one is the first. */
export function listTiers(): Promise<TierOffer[]> {
  return listTierOffers();
}
