/** A subscription without its schedule again: https://docs.stripe.com/api/subscription_schedules/release */
import type { StoredSchedule, StoredSubscription } from '../store/kinds.js';
import { changeSubscription } from '../subscriptions/keepSubscription.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { keepSchedule } from './keepSchedule.js';

/**
 * Lets the subscription go on as it is.
 *
 * @param keepsEnd - whether an end that the schedule has set for the subscription stays.
 */
export function releaseSchedule(turn: Turn, schedule: StoredSchedule, subscription: StoredSubscription, keepsEnd = false): StoredSchedule {
  const released = keepSchedule(turn, {
    ...schedule,
    current_phase: null,
    released_at: turn.now,
    released_subscription: subscription.id,
    status: 'released',
    subscription: null,
  });
  emitEvent(turn, 'subscription_schedule.released', released);
  const endless = schedule.end_behavior === 'cancel' && !keepsEnd ? { cancel_at: null, cancel_at_period_end: false, canceled_at: null } : {};
  changeSubscription(turn, subscription, { ...endless, schedule: null });
  return released;
}
