/** A subscription gets a schedule: https://docs.stripe.com/billing/subscriptions/subscription-schedules#existing-subscription */
import { badRequest, noSuchReference } from '../api/apiFault.js';
import { inTimeOf } from '../clocks/clockTime.js';
import type { StoredSchedule } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import { changeSubscription, currentPeriod, hasEnded } from '../subscriptions/keepSubscription.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { blankSchedule, makePhase, phaseItemsOf } from './blankSchedule.js';
import { keepSchedule } from './keepSchedule.js';

/**
 * Makes a schedule whose one phase is the period that the subscription is in.
 *
 * @throws ApiFault 400 when there is no such subscription, it does not run, or it has a schedule already.
 */
export function createSchedule(outer: Turn, id: string): StoredSchedule {
  const subscription = outer.draft.get('subscription', id);
  if (!subscription) throw noSuchReference('subscription', id, 'from_subscription');
  if (hasEnded(subscription) || subscription.status === 'incomplete')
    throw badRequest(`You cannot migrate a subscription that is in the \`${subscription.status}\` status.`, { param: 'from_subscription' });
  if (subscription.schedule !== null)
    throw badRequest('You cannot migrate a subscription that is already attached to a schedule.', { param: 'from_subscription' });
  const turn = inTimeOf(outer, subscription.customer);
  const { start, end } = currentPeriod(subscription);
  const phase = makePhase({
    currency: subscription.currency,
    end_date: end,
    items: phaseItemsOf(subscription),
    metadata: {},
    proration_behavior: 'create_prorations',
    start_date: start,
    trial_end: subscription.status === 'trialing' ? subscription.trial_end : null,
  });
  const schedule = keepSchedule(turn, {
    ...blankSchedule,
    id: newId('sub_sched_'),
    created: turn.now,
    current_phase: { start_date: start, end_date: end },
    customer: subscription.customer,
    default_settings: { ...blankSchedule.default_settings, default_payment_method: subscription.default_payment_method },
    end_behavior: subscription.cancel_at === end ? 'cancel' : 'release',
    metadata: {},
    phases: [phase],
    subscription: id,
    test_clock: subscription.test_clock,
  });
  emitEvent(turn, 'subscription_schedule.created', schedule);
  changeSubscription(turn, subscription, { schedule: schedule.id });
  return schedule;
}
