/** The only way to a membership: a stranger's looks as if it were not there. */
import { AppError } from '../../../shared/failures.js';
import { Membership, type MembershipDocument } from '../../models/memberships/membership.js';
import type { Actor } from '../actor.js';
import { isBanned } from '../moderation/restrictions.js';

/**
 * Lets pass whoever may pay for a tier now.
 *
 * @throws price.not_found - nothing is offered to whoever is banned from the house: nobody buys what they may not enter.
 */
export function accessOffers(actor: Actor, now: Date): void {
  if (isBanned(actor, null, now)) throw new AppError('price.not_found');
}

/**
 * The membership, if it is this actor's own.
 *
 * @throws membership.not_found - absent, or not this actor's; the two look alike on purpose.
 */
export async function accessMembership(actor: Actor, membershipId: string): Promise<MembershipDocument> {
  const membership = await Membership.findOne({ _id: membershipId, memberId: actor.memberId }).lean();
  if (!membership) throw new AppError('membership.not_found');
  return membership;
}

/** A membership that runs: there is a subscription at Stripe. */
export type RunningMembership = MembershipDocument & { subscriptionId: string; customerId: string };

/**
 * The membership that the actor has now.
 *
 * @throws membership.not_found - there is none.
 * @throws membership.wrong_state - it has not begun.
 */
export async function accessRunningMembership(actor: Actor): Promise<RunningMembership> {
  const membership = await Membership.liveOf(actor.memberId);
  if (!membership) throw new AppError('membership.not_found');
  if (!isRunning(membership)) throw new AppError('membership.wrong_state', { state: membership.state });
  return membership;
}

function isRunning(membership: MembershipDocument): membership is RunningMembership {
  return membership.state !== 'starting' && membership.subscriptionId !== null && membership.customerId !== null;
}
