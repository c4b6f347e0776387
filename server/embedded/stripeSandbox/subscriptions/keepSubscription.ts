/** Subscriptions in the store and on the agenda. */
import type { StoredPaymentMethod, StoredSubscription } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import type { Cycle, Period } from './periods.js';

/** How long a first invoice may stay unpaid before its subscription is given up, in seconds. */
const incompleteFor = 23 * 60 * 60;
/** How long before its end a trial's end is told of, in seconds. */
export const trialNotice = 3 * 24 * 60 * 60;

/** The period that a subscription is in; all its items share it. */
export function currentPeriod({ items: { data }, created }: StoredSubscription): Period {
  return { start: data[0]?.current_period_start ?? created, end: data[0]?.current_period_end ?? created };
}

/** How often a subscription is billed; all its items share it. */
export function cycleOf({ items: { data } }: Pick<StoredSubscription, 'items'>): Cycle {
  const recurring = data[0]?.price.recurring;
  return { interval: recurring?.interval ?? 'month', interval_count: recurring?.interval_count ?? 1 };
}

/** Whether a subscription is over for good. */
export const hasEnded = ({ status }: StoredSubscription): boolean => status === 'canceled' || status === 'incomplete_expired';

/** Seconds since the epoch at which something happens to a subscription by itself. */
export function subscriptionMoments(subscription: StoredSubscription): number[] {
  const { status, created, trial_end: trialEnd, cancel_at: cancelAt } = subscription;
  if (status === 'incomplete') return [created + incompleteFor];
  if (hasEnded(subscription) || status === 'paused') return cancelAt === null || hasEnded(subscription) ? [] : [cancelAt];
  const moments = [currentPeriod(subscription).end];
  if (status === 'trialing' && trialEnd !== null) moments.push(trialEnd - trialNotice);
  if (cancelAt !== null) moments.push(cancelAt);
  return moments;
}

/** Stores a subscription and sees to it that time will move it on. Who lives by a test clock is found by that clock. */
export function keepSubscription({ draft, now }: Turn, subscription: StoredSubscription): StoredSubscription {
  if (subscription.test_clock === null)
    for (const moment of subscriptionMoments(subscription))
      if (moment > now) draft.schedule({ lane: 'bill_subscription', at: moment * 1000, id: subscription.id, attempt: 0 });
  return draft.put('subscription', subscription);
}

/** Changes a subscription and tells of it; a change that changes nothing is not told of. */
export function changeSubscription(turn: Turn, before: StoredSubscription, change: Partial<StoredSubscription>): StoredSubscription {
  const after = keepSubscription(turn, { ...before, ...change });
  if (JSON.stringify(after) !== JSON.stringify(before)) emitEvent(turn, 'customer.subscription.updated', after, before);
  return after;
}

/** The card that pays for a subscription: its own, or else its customer's. */
export function payingCard({ draft }: Turn, { default_payment_method: own, customer }: StoredSubscription): StoredPaymentMethod | null {
  const theirs = draft.get('customer', customer)?.invoice_settings.default_payment_method;
  return draft.get('payment_method', own ?? String(theirs ?? '')) ?? null;
}
