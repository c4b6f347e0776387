import { followTierRank } from '../access/followTierRank.js';
import { Community } from '../models/community.js';
import { isDuplicate } from '../models/duplicate.js';
import { Tier } from '../models/tier.js';

/**
 * Makes what every community has (its name, the free tier) where it is not there yet, and finishes what a crash left
 * half done: rooms' gates follow their tiers. Every node does this at its start; doing it again changes nothing.
 */
export async function openCommunity(): Promise<void> {
  await Promise.all([once(() => Community.open('Guildhall')), once(makeFreeTier)]);
  for (const tier of await Tier.inOrder()) await followTierRank(tier.key);
}

async function makeFreeTier(): Promise<void> {
  await Tier.updateOne({ rank: 0 }, { $setOnInsert: { key: 'free', name: 'Free', perks: [] } }, { upsert: true });
}

/** Another node that starts at the same moment may be faster. */
async function once(make: () => Promise<void>): Promise<void> {
  await make().catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
  });
}
