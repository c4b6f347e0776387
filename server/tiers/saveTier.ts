import { rooms } from '../../shared/contracts/rooms.js';
import type { SaveTier, TierView } from '../../shared/contracts/tiers.js';
import { AppError } from '../../shared/failures.js';
import { followTierRank } from '../access/followTierRank.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { isDuplicate } from '../models/duplicate.js';
import { Tier, viewTier, type TierDocument } from '../models/tier.js';
import { everyoneChannel } from '../realtime/channels.js';

/**
 * Makes a tier or, where its key exists, changes it. The rooms it opens follow its rank, and everybody who is inside one
 * is judged again.
 *
 * @throws tier.key_taken - another tier has this rank, or the key is the free tier's, which stays as it is.
 */
export async function saveTier(deps: Deps, _actor: Actor, input: SaveTier): Promise<TierView> {
  const tier = await store(input);
  await followTierRank(tier.key);
  deps.gatesChanged();
  deps.publish(everyoneChannel, rooms.changed, {});
  return viewTier(tier);
}

async function store({ key, ...facts }: SaveTier): Promise<TierDocument> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await Tier.findOneAndUpdate({ key, rank: { $gt: 0 } }, { $set: facts }, { upsert: true, returnDocument: 'after' }).lean();
    } catch (error) {
      if (!isDuplicate(error) || attempt === 3) throw error;
      const isTaken = await Tier.exists({ $or: [{ key, rank: 0 }, { key: { $ne: key }, rank: facts.rank }] });
      // Otherwise the same new tier was stored by someone else at this moment, and is now there to be changed.
      if (isTaken) throw new AppError('tier.key_taken');
    }
  }
}
