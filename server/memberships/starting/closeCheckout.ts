import type { Deps } from '../../deps.js';
import type { MembershipDocument } from '../../models/memberships/membership.js';
import { syncMembership } from '../syncMembership.js';

/**
 * Closes a checkout that is open at Stripe, and tells what became of the membership: only an expired one is given up, one that was
 * completed in the same moment has begun.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function closeCheckout(deps: Deps, { _id, sessionId }: MembershipDocument): Promise<MembershipDocument> {
  if (sessionId) await deps.askStripe((stripe) => stripe.checkout.sessions.expire(sessionId), 'refused');
  return syncMembership(deps, _id);
}
