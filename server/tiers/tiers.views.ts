/** What tiers cost, as the contract shows it. */
import type { TierPriceRow } from '../../shared/contracts/memberships/prices.js';
import { viewTierPrice } from '../models/memberships/tierOffers.js';
import type { TierPriceDocument } from '../models/memberships/tierPrice.js';

/** A price as the organizer sees it. */
export function viewPriceRow(price: TierPriceDocument): TierPriceRow {
  const { tierKey, createdAt, closedAt, stripePriceId } = price;
  return { ...viewTierPrice(price), tierKey, createdAt: createdAt.toISOString(), closedAt: closedAt?.toISOString() ?? null, isReady: stripePriceId !== null };
}
