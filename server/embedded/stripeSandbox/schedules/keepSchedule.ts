/** Schedules in the store and on the agenda. This file knows nothing of how subscriptions change, so that those can know it. */
import type { StoredPhase, StoredSchedule, StoredSubscription } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { phaseItemsOf } from './blankSchedule.js';

/** Seconds since the epoch at which a schedule moves on by itself. */
export function scheduleMoments({ status, current_phase: phase }: StoredSchedule): number[] {
  return status === 'active' && phase ? [phase.end_date] : [];
}

/** Stores a schedule and sees to it that time will move it on. Who lives by a test clock is found by that clock. */
export function keepSchedule({ draft, now }: Turn, schedule: StoredSchedule): StoredSchedule {
  if (schedule.test_clock === null)
    for (const moment of scheduleMoments(schedule))
      if (moment > now) draft.schedule({ lane: 'advance_schedule', at: moment * 1000, id: schedule.id, attempt: 0 });
  return draft.put('subscription_schedule', schedule);
}

/** Changes a schedule and tells of it; a change that changes nothing is not told of. */
export function changeSchedule(turn: Turn, before: StoredSchedule, change: Partial<StoredSchedule>): StoredSchedule {
  const after = keepSchedule(turn, { ...before, ...change });
  if (JSON.stringify(after) !== JSON.stringify(before)) emitEvent(turn, 'subscription_schedule.updated', after, before);
  return after;
}

/** The phase that a schedule is in. */
export function currentPhase({ phases, current_phase: current }: StoredSchedule): StoredPhase | undefined {
  return phases.find(({ start_date: start }) => start === current?.start_date);
}

/** The schedule that moves a subscription, if one does. */
function scheduleOf({ draft }: Turn, { schedule: id }: StoredSubscription): StoredSchedule | undefined {
  const schedule = draft.get('subscription_schedule', id ?? '');
  return schedule?.status === 'active' ? schedule : undefined;
}

/** After a subscription was changed past its schedule: the phase it is in says what it is for now. */
export function followSubscription(turn: Turn, subscription: StoredSubscription): void {
  const schedule = scheduleOf(turn, subscription);
  const current = schedule && currentPhase(schedule);
  if (!current) return;
  const phases = schedule.phases.map((phase) => (phase === current ? { ...phase, items: phaseItemsOf(subscription) } : phase));
  changeSchedule(turn, schedule, { phases });
}

/** After a subscription has ended before its schedule: there is nothing left to move. */
export function endWithSubscription(turn: Turn, subscription: StoredSubscription, reason: 'cancellation_requested' | 'payment_failed'): void {
  const schedule = scheduleOf(turn, subscription);
  if (!schedule) return;
  const ended = keepSchedule(turn, { ...schedule, canceled_at: turn.now, current_phase: null, status: 'canceled' });
  emitEvent(turn, reason === 'payment_failed' ? 'subscription_schedule.aborted' : 'subscription_schedule.canceled', ended);
}
