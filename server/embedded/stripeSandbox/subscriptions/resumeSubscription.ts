/** A paused subscription goes on: https://docs.stripe.com/api/subscriptions/resume */
import { badRequest } from '../api/apiFault.js';
import { inTimeOf } from '../clocks/clockTime.js';
import { draftInvoice } from '../invoices/draftInvoice.js';
import { voidInvoice } from '../invoices/finalizeInvoice.js';
import type { StoredSubscription } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { liveSubscription } from './endSubscription.js';
import { itemsIn, periodLines } from './items.js';
import { changeSubscription, cycleOf } from './keepSubscription.js';
import { addIntervals } from './periods.js';
import { settleInvoice } from './settleInvoice.js';

/**
 * Begins a new period now, if its invoice is paid; otherwise the subscription stays paused.
 *
 * @throws ApiFault 404 when there is none; 400 when it is not paused.
 */
export function resumeSubscription(outer: Turn, id: string): StoredSubscription {
  const before = liveSubscription(outer, id);
  if (before.status !== 'paused') throw badRequest('This subscription is not paused, so it cannot be resumed.');
  const turn = inTimeOf(outer, before.customer);
  const { now } = turn;
  const period = { start: now, end: addIntervals(now, cycleOf(before), 1) };
  const started = { ...before, billing_cycle_anchor: now, items: itemsIn(before, period) };
  const lines = periodLines(turn, started, period, false);
  const invoice = draftInvoice(turn, { subscription: before, reason: 'subscription_update', lines, period: { start: now, end: now }, finalizesAt: null });
  const settled = settleInvoice(turn, invoice, { isScheduled: false });
  if (settled.status !== 'paid') {
    voidInvoice(turn, settled);
    return changeSubscription(turn, before, { latest_invoice: invoice.id });
  }
  const resumed = changeSubscription(turn, before, { ...started, latest_invoice: invoice.id, status: 'active' });
  emitEvent(turn, 'customer.subscription.resumed', resumed);
  return resumed;
}
