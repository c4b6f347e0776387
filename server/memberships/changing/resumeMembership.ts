import type { MyMembership } from '../../../shared/contracts/memberships/memberships.js';
import { accessRunningMembership } from '../../access/memberships/accessMembership.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { releaseSchedule } from './schedule.js';
import { viewMine } from '../memberships.views.js';
import { readRunning } from '../settle/readSubscription.js';
import { syncMembership } from '../syncMembership.js';

/**
 * Has the actor's membership go on as it is: a cancellation, or a change that was to come, is taken back. Doing it again changes
 * nothing.
 *
 * @throws membership.not_found | membership.wrong_state
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function resumeMembership(deps: Deps, actor: Actor): Promise<MyMembership> {
  const membership = await accessRunningMembership(actor);
  const reading = await readRunning(deps, membership);
  await releaseSchedule(deps, reading);
  if (reading.cancelAt) await deps.askStripe((stripe) => stripe.subscriptions.update(membership.subscriptionId, { cancel_at_period_end: false }));
  await syncMembership(deps, membership._id);
  return viewMine(actor.memberId);
}
