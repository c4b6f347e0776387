/** What time does to subscriptions: trials end, periods follow one another, ends come. The turn's `now` is that moment. */
import { draftInvoice } from '../invoices/draftInvoice.js';
import { invoiceMoments } from '../invoices/keepInvoice.js';
import type { StoredSubscription } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { endSubscription, expireIncomplete } from './endSubscription.js';
import { itemsIn, periodLines } from './items.js';
import { changeSubscription, currentPeriod, cycleOf, payingCard, subscriptionMoments, trialNotice } from './keepSubscription.js';
import { periodAround } from './periods.js';
import { settleInvoice } from './settleInvoice.js';

/** A renewal's invoice stays a draft for an hour, in which things can still be added to it. */
const draftFor = 60 * 60;

/** Does what is to happen to a subscription at this moment, if anything is. */
export function billSubscription(turn: Turn, id: string): void {
  const subscription = turn.draft.get('subscription', id);
  if (!subscription || !subscriptionMoments(subscription).includes(turn.now)) return;
  if (subscription.status === 'incomplete') return expireIncomplete(turn, subscription);
  if (subscription.cancel_at === turn.now) {
    endSubscription(turn, subscription, { reason: 'cancellation_requested' });
    return;
  }
  if (currentPeriod(subscription).end === turn.now) return endPeriod(turn, subscription);
  if (subscription.trial_end === turn.now + trialNotice) emitEvent(turn, 'customer.subscription.trial_will_end', subscription);
}

/** Makes a draft final, or tries an open invoice again, if this is the moment for it. */
export function advanceInvoice(turn: Turn, id: string): void {
  const invoice = turn.draft.get('invoice', id);
  if (invoice && invoiceMoments(invoice).includes(turn.now)) settleInvoice(turn, invoice);
}

function endPeriod(turn: Turn, subscription: StoredSubscription): void {
  const isTrial = subscription.status === 'trialing';
  const fallback = subscription.trial_settings?.end_behavior.missing_payment_method;
  if (isTrial && fallback !== 'create_invoice' && !payingCard(turn, subscription)) {
    if (fallback === 'cancel') endSubscription(turn, subscription, { reason: 'cancellation_requested' });
    else emitEvent(turn, 'customer.subscription.paused', changeSubscription(turn, subscription, { status: 'paused' }));
    return;
  }
  renewSubscription(turn, subscription);
}

/** The next period and its invoice. One that is `unpaid` goes on being billed, but nobody is charged. */
export function renewSubscription(turn: Turn, subscription: StoredSubscription): StoredSubscription {
  const ended = currentPeriod(subscription);
  const period = periodAround(subscription.billing_cycle_anchor, cycleOf(subscription), ended.end);
  const next = { ...subscription, items: itemsIn(subscription, period), status: subscription.status === 'trialing' ? 'active' : subscription.status };
  const lines = periodLines(turn, next, period, false);
  const finalizesAt = subscription.status === 'unpaid' ? null : turn.now + draftFor;
  const invoice = draftInvoice(turn, { subscription: next, reason: 'subscription_cycle', lines, period: ended, finalizesAt });
  return changeSubscription(turn, subscription, { ...next, latest_invoice: invoice.id });
}
