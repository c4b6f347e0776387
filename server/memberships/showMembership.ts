import type { MembershipView } from '../../shared/contracts/memberships/memberships.js';
import { AppError } from '../../shared/failures.js';
import { accessMembership } from '../access/memberships/accessMembership.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { viewMembership } from './memberships.views.js';
import { syncMembership } from './syncMembership.js';

/**
 * A membership of the actor's own, as it truly is: one that is waited for is first compared with Stripe, so that whoever comes back
 * from the checkout, or from mending their card, sees what happened there. While Stripe does not answer, what is known is shown.
 *
 * @throws membership.not_found - absent, or not this actor's; the two look alike on purpose.
 */
export async function showMembership(deps: Deps, actor: Actor, input: { membershipId: string }): Promise<MembershipView> {
  const membership = await accessMembership(actor, input.membershipId);
  if (membership.state === 'ended') return viewMembership(membership);
  const settled = await syncMembership(deps, membership._id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'payment.unavailable') return membership;
    throw error;
  });
  return viewMembership(settled);
}
