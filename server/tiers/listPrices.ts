import type { TierPriceRow } from '../../shared/contracts/memberships/prices.js';
import { TierPrice } from '../models/memberships/tierPrice.js';
import { viewPriceRow } from './tiers.views.js';

/** All prices that tiers ever had, the newest first. */
export async function listPrices(): Promise<TierPriceRow[]> {
  return (await TierPrice.find().sort({ createdAt: -1, _id: -1 }).lean()).map(viewPriceRow);
}
