import type { EndReason } from '../../../shared/contracts/rights.js';
import type { Deps } from '../../deps.js';
import { Grant, type WantedTier } from '../../models/grant.js';
import { Membership, type MembershipDocument } from '../../models/memberships/membership.js';

/**
 * Makes the rights that a membership gives what its facts say, and tells of each that began or ended. What is new is given before what is
 * old ends, and an end that is known is written down ahead, so that it comes at its time whoever is asleep then.
 */
export async function alignGrants(deps: Deps, membership: MembershipDocument): Promise<void> {
  const memberId = String(membership.memberId);
  const now = deps.now();
  const by = { version: membership.version, wanted: wantedTiers(membership), reason: reasonOf(membership) };
  const { started, ended } = await Grant.alignTiers(memberId, { kind: 'subscription', id: String(membership._id) }, by, now);
  for (const tierKey of started) await deps.rightsChanged({ memberId, scope: { kind: 'tier', tierKey }, change: 'started', reason: null });
  for (const tierKey of ended) await deps.rightsChanged({ memberId, scope: { kind: 'tier', tierKey }, change: 'ended', reason: by.reason });
  // It may have changed since it was read: a later version has the last word, and whoever wrote it may have been here before.
  const after = await Membership.findById(membership._id).orFail().lean();
  if (after.version !== membership.version) await alignGrants(deps, after);
}

function wantedTiers({ state, plan, tierSince, startedAt, cancelAt, coming, graceUntil }: MembershipDocument): WantedTier[] {
  if (state === 'starting' || state === 'ended' || !startedAt) return [];
  const current = { ref: plan.tierKey, startsAt: tierSince ?? startedAt };
  if (state === 'past_due' && graceUntil) {
    const endsFirst = cancelAt !== null && cancelAt < graceUntil;
    return [{ ...current, endsAt: endsFirst ? cancelAt : graceUntil, endsBecause: endsFirst ? 'membership_ended' : 'payment_failed' }];
  }
  if (cancelAt) return [{ ...current, endsAt: cancelAt, endsBecause: 'membership_ended' }];
  if (!coming || coming.plan.tierKey === plan.tierKey) return [{ ...current, endsAt: null, endsBecause: null }];
  return [
    { ref: coming.plan.tierKey, startsAt: coming.at, endsAt: null, endsBecause: null },
    { ...current, endsAt: coming.at, endsBecause: 'tier_changed' },
  ];
}

/** Why whatever it does not give any more has ended. */
function reasonOf({ state, endReason }: MembershipDocument): EndReason {
  if (state !== 'ended') return 'tier_changed';
  return endReason === 'payment_failed' ? 'payment_failed' : 'membership_ended';
}
