import type { TierView } from '../../shared/contracts/tiers.js';
import { Tier, viewTier } from '../models/tier.js';

/** All tiers, rising by rank; the free one is the first. */
export async function listTiers(): Promise<TierView[]> {
  return (await Tier.inOrder()).map(viewTier);
}
