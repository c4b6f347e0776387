/** The end of a subscription: https://docs.stripe.com/billing/subscriptions/cancel */
import { badRequest, noSuchObject } from '../api/apiFault.js';
import { clockOf, inTimeOf } from '../clocks/clockTime.js';
import { draftInvoice } from '../invoices/draftInvoice.js';
import { voidInvoice } from '../invoices/finalizeInvoice.js';
import { createInvoiceItem } from '../invoices/invoiceItems.js';
import { keepInvoice } from '../invoices/keepInvoice.js';
import { endWithSubscription } from '../schedules/keepSchedule.js';
import type { StoredInvoice, StoredSubscription } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { hasEnded, keepSubscription } from './keepSubscription.js';
import { creditLines } from './prorate.js';
import type { Cancellation } from './subscriptionParams.js';

/** Why a subscription ends. */
export interface Ending {
  reason: 'cancellation_requested' | 'payment_failed';
}

/** Ends a subscription now, and its unpaid invoices with it: they are not charged any more. */
export function endSubscription(turn: Turn, subscription: StoredSubscription, { reason }: Ending): StoredSubscription {
  const isStillborn = subscription.status === 'incomplete';
  for (const invoice of unpaidInvoices(turn, subscription)) {
    if (isStillborn) voidInvoice(turn, invoice);
    else keepInvoice(turn, { ...invoice, auto_advance: false, next_payment_attempt: null });
  }
  const { comment = null, feedback = null, feedback_option: option = null } = subscription.cancellation_details ?? {};
  const ended = keepSubscription(turn, {
    ...subscription,
    cancellation_details: { comment, feedback, feedback_option: option, reason },
    canceled_at: subscription.canceled_at ?? turn.now,
    ended_at: turn.now,
    status: 'canceled',
  });
  endWithSubscription(turn, ended, reason);
  emitEvent(turn, 'customer.subscription.deleted', ended);
  return ended;
}

/** Gives up a subscription whose first invoice was not paid in time. */
export function expireIncomplete(turn: Turn, subscription: StoredSubscription): void {
  for (const invoice of unpaidInvoices(turn, subscription)) voidInvoice(turn, invoice);
  const expired = keepSubscription(turn, { ...subscription, ended_at: turn.now, status: 'incomplete_expired' });
  emitEvent(turn, 'customer.subscription.updated', expired, subscription);
}

function unpaidInvoices({ draft }: Turn, { id, customer }: StoredSubscription): StoredInvoice[] {
  const all = [...draft.walk('invoice', { where: { field: 'customer', value: customer } })];
  return all.filter(({ status, parent }) => (status === 'draft' || status === 'open') && parent?.subscription_details?.subscription === id);
}

/**
 * Ends a subscription at its owner's word; with `prorate`, the rest of the period is given back to the customer's balance
 * by an invoice at once (`invoice_now`) or by whatever invoice comes next.
 *
 * @throws ApiFault 404 when there is none, or it has ended already.
 */
export function cancelSubscription(turn: Turn, id: string, given: Cancellation): { ended: StoredSubscription; invoice: StoredInvoice | null } {
  const found = turn.draft.get('subscription', id);
  if (!found || hasEnded(found)) throw noSuchObject('subscription', id);
  const time = inTimeOf(turn, found.customer);
  const details = { comment: null, feedback: null, feedback_option: null, reason: null, ...found.cancellation_details, ...given.cancellation_details };
  const subscription = { ...found, cancellation_details: details };
  if (given.prorate && found.status !== 'trialing')
    for (const item of found.items.data) for (const line of creditLines(time, found, item, time.now)) createInvoiceItem(time, found.customer, line);
  const { now } = time;
  const invoice = given.invoice_now
    ? draftInvoice(time, { subscription: found, reason: 'subscription_update', lines: [], period: { start: now, end: now }, finalizesAt: null })
    : null;
  const ended = endSubscription(time, invoice ? { ...subscription, latest_invoice: invoice.id } : subscription, { reason: 'cancellation_requested' });
  return { ended, invoice };
}

/** Ends every subscription of a customer who is taken away. */
export function endAllOf(turn: Turn, customer: string): void {
  const time = clockOf(turn, customer) === null ? turn : inTimeOf(turn, customer);
  for (const subscription of turn.draft.walk('subscription', { where: { field: 'customer', value: customer } }))
    if (!hasEnded(subscription)) endSubscription(time, subscription, { reason: 'cancellation_requested' });
}

/**
 * Refuses to change what is over.
 *
 * @throws ApiFault 404 when there is no such subscription; 400 when it has ended.
 */
export function liveSubscription({ draft }: Turn, id: string): StoredSubscription {
  const subscription = draft.get('subscription', id);
  if (!subscription) throw noSuchObject('subscription', id);
  if (hasEnded(subscription)) throw badRequest('A canceled subscription can only update its cancellation_details and metadata.');
  return subscription;
}
