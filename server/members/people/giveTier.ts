import type { PersonRow } from '../../../shared/contracts/members.js';
import { AppError } from '../../../shared/failures.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { RightsChange } from '../../ground.js';
import { Grant } from '../../models/grant.js';
import { Member } from '../../models/member.js';
import { Tier } from '../../models/tier.js';
import { viewPersonRow } from '../members.views.js';

/**
 * Gives a member a tier by the organizer's word, in place of one given so before; with `tierKey: null` takes it back.
 * What the member holds from other sources is not touched.
 *
 * @throws member.not_found
 * @throws tier.not_found - there is none of that key, or it is everybody's already.
 */
export async function giveTier(deps: Deps, _actor: Actor, { memberId, tierKey }: { memberId: string; tierKey: string | null }): Promise<PersonRow> {
  const now = deps.now();
  const member = await Member.findById(memberId).lean();
  if (!member) throw new AppError('member.not_found');
  const rank = tierKey === null ? 0 : await rankOf(tierKey);

  const before = await Grant.giftedTier(memberId, now);
  if (before !== tierKey) {
    if (tierKey === null) await Grant.takeGiftsBack(memberId, now);
    else await Grant.giftTier(memberId, tierKey, now);
    await deps.rightsChanged(await describeChange(memberId, before, tierKey, rank));
  }
  return viewPersonRow(member, await Tier.highest(await Grant.liveTierKeys(memberId, now)));
}

async function rankOf(tierKey: string): Promise<number> {
  const tier = await Tier.findOne({ key: tierKey, rank: { $gt: 0 } }).lean();
  if (!tier) throw new AppError('tier.not_found');
  return tier.rank;
}

async function describeChange(memberId: string, before: string | null, after: string | null, rank: number): Promise<RightsChange> {
  const rankBefore = before === null ? 0 : await Tier.highestRank([before]);
  if (after !== null && rank > rankBefore) return { memberId, scope: { kind: 'tier', tierKey: after }, change: 'started', reason: null };
  return { memberId, scope: before === null ? null : { kind: 'tier', tierKey: before }, change: 'ended', reason: 'withdrawn' };
}
