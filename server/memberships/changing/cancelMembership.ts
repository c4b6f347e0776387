import type { MyMembership } from '../../../shared/contracts/memberships/memberships.js';
import { accessRunningMembership } from '../../access/memberships/accessMembership.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { releaseSchedule } from './schedule.js';
import { viewMine } from '../memberships.views.js';
import { readRunning } from '../settle/readSubscription.js';
import { syncMembership } from '../syncMembership.js';

/**
 * Has the actor's membership end when what was paid for, or the trial, is over; until then everything stays open. Doing it again
 * changes nothing.
 *
 * @throws membership.not_found | membership.wrong_state
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function cancelMembership(deps: Deps, actor: Actor): Promise<MyMembership> {
  const membership = await accessRunningMembership(actor);
  const reading = await readRunning(deps, membership);
  await releaseSchedule(deps, reading);
  await deps.askStripe((stripe) => stripe.subscriptions.update(membership.subscriptionId, { cancel_at_period_end: true }));
  await syncMembership(deps, membership._id);
  return viewMine(actor.memberId);
}
