/** Keeps the rank that rooms' gates repeat equal to their tier's, so that a gate is judged without reading the tier. */
import { Room } from '../models/room.js';
import { Tier } from '../models/tier.js';

/**
 * Gives every room gated by the tier the tier's rank. Whoever stores a tier or a room calls it afterwards; when several
 * do so at once, each looks again until what it wrote is what the tier says, so the last one to look leaves the truth.
 */
export async function followTierRank(tierKey: string): Promise<void> {
  let written: number | null = null;
  for (;;) {
    const tier = await Tier.findOne({ key: tierKey }).orFail().lean();
    if (tier.rank === written) return;
    await Room.updateMany({ 'gate.kind': 'tier', 'gate.tierKey': tierKey }, { $set: { 'gate.rank': tier.rank } });
    written = tier.rank;
  }
}
