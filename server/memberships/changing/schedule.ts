import { AppError } from '../../../shared/failures.js';
import type { RunningMembership } from '../../access/memberships/accessMembership.js';
import type { Deps } from '../../deps.js';
import type { SubscriptionReading } from '../settle/readSubscription.js';
import type { Change } from './judgeChange.js';

/**
 * Lets a subscription go on without the schedule it follows: what was to come does not. Stripe lets nothing else end a subscription
 * that follows one.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function releaseSchedule(deps: Deps, { scheduleId }: SubscriptionReading): Promise<void> {
  if (scheduleId) await deps.askStripe((stripe) => stripe.subscriptionSchedules.release(scheduleId), 'refused');
}

/**
 * Has a subscription go over to another price at the end of its period. Source: https://docs.stripe.com/billing/subscriptions/subscription-schedules
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function scheduleChange(deps: Deps, { _id, version, subscriptionId }: RunningMembership, { price, reading }: Change): Promise<void> {
  await releaseSchedule(deps, reading);
  if (reading.cancelAt) await deps.askStripe((stripe) => stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: false }));
  const key = `schedule:${String(_id)}:${version}:${price.stripePriceId}`;
  const schedule = await deps.askStripe((stripe) => stripe.subscriptionSchedules.create({ from_subscription: subscriptionId }, { idempotencyKey: key }));
  const phase = schedule.phases[0];
  if (!phase) throw new AppError('payment.unavailable');
  await deps.askStripe((stripe) =>
    stripe.subscriptionSchedules.update(schedule.id, {
      end_behavior: 'release',
      proration_behavior: 'none',
      phases: [
        { items: [{ price: reading.priceId, quantity: 1 }], start_date: phase.start_date, end_date: phase.end_date },
        { items: [{ price: price.stripePriceId, quantity: 1 }], duration: { interval: price.interval, interval_count: 1 }, proration_behavior: 'none' },
      ],
    }),
  );
}
