/** One phase ends and the next begins, or the schedule is over. The turn's `now` is that moment. */
import type { StoredPhase, StoredSchedule, StoredSubscription, StoredSubscriptionItem } from '../store/kinds.js';
import { mergeMetadata } from '../api/params.js';
import { endSubscription } from '../subscriptions/endSubscription.js';
import { planOf } from '../subscriptions/items.js';
import { changeSubscription, currentPeriod, cycleOf } from '../subscriptions/keepSubscription.js';
import { settleInvoice } from '../subscriptions/settleInvoice.js';
import { applyItems } from '../subscriptions/updateSubscription.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { changeSchedule, currentPhase, keepSchedule, scheduleMoments } from './keepSchedule.js';
import { releaseSchedule } from './releaseSchedule.js';

/** Moves a schedule on, if this is the moment for it. */
export function advanceSchedule(turn: Turn, id: string): void {
  const schedule = turn.draft.get('subscription_schedule', id);
  const subscription = turn.draft.get('subscription', schedule?.subscription ?? '');
  if (!schedule || !subscription || !scheduleMoments(schedule).includes(turn.now)) return;
  const next = schedule.phases.find(({ start_date: start }) => start === turn.now);
  if (next) enterPhase(turn, schedule, subscription, next);
  else endSchedule(turn, schedule, subscription);
}

function enterPhase(turn: Turn, schedule: StoredSchedule, subscription: StoredSubscription, phase: StoredPhase): void {
  changeSchedule(turn, schedule, { current_phase: { start_date: phase.start_date, end_date: phase.end_date } });
  applyPhase(turn, subscription, phase, phase.proration_behavior);
}

/**
 * Makes the subscription what a phase says. When its period ends at this very moment nothing is left to be prorated: the
 * renewal, which comes next, is of the new items.
 */
export function applyPhase(turn: Turn, before: StoredSubscription, phase: StoredPhase, how: StoredPhase['proration_behavior']): void {
  const data = before.items.data.map((item, place) => itemOf(turn, item, phase.items[place]));
  const changed = { ...before, items: { ...before.items, data }, metadata: mergeMetadata(before.metadata, phase.metadata) };
  if (currentPeriod(before).end > turn.now) {
    const { invoice } = applyItems(turn, before, changed, { proration_behavior: how });
    if (invoice) settleInvoice(turn, invoice);
    return;
  }
  const isAlike = JSON.stringify(cycleOf(before)) === JSON.stringify(cycleOf(changed));
  changeSubscription(turn, before, { ...changed, billing_cycle_anchor: isAlike ? before.billing_cycle_anchor : turn.now });
}

/** A price that was archived meanwhile is still what was agreed. */
function itemOf({ draft }: Turn, item: StoredSubscriptionItem, wanted: StoredPhase['items'][number] | undefined): StoredSubscriptionItem {
  const price = draft.get('price', wanted?.price ?? '') ?? item.price;
  if (price.id === item.price.id) return { ...item, quantity: wanted?.quantity ?? item.quantity };
  return { ...item, metadata: wanted?.metadata ?? item.metadata, plan: planOf(price), price, quantity: wanted?.quantity ?? item.quantity };
}

function endSchedule(turn: Turn, schedule: StoredSchedule, subscription: StoredSubscription): void {
  if (schedule.end_behavior !== 'cancel') {
    releaseSchedule(turn, schedule, subscription);
    return;
  }
  const completed = keepSchedule(turn, { ...schedule, completed_at: turn.now, current_phase: null, status: 'completed' });
  emitEvent(turn, 'subscription_schedule.completed', completed);
  endSubscription(turn, subscription, { reason: 'cancellation_requested' });
}

/** For a look ahead: what the subscription will be once every phase that begins by then has begun. */
export function lookAhead(turn: Turn, { id, schedule }: StoredSubscription): StoredSubscription | undefined {
  if (schedule) advanceSchedule(turn, schedule);
  return turn.draft.get('subscription', id);
}

/** Whether the phase that a schedule is in is for something else than it was. */
export function isOtherPhase(before: StoredSchedule, after: StoredSchedule): boolean {
  return JSON.stringify(currentPhase(before)?.items) !== JSON.stringify(currentPhase(after)?.items);
}
