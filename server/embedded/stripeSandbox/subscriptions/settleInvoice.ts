/** What becomes of a subscription as its invoices are paid, or are not: https://docs.stripe.com/billing/subscriptions/overview */
import { finalizeInvoice } from '../invoices/finalizeInvoice.js';
import { payInvoice } from '../invoices/payInvoice.js';
import type { StoredInvoice, StoredPaymentMethod, StoredSubscription } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { endSubscription } from './endSubscription.js';
import { changeSubscription, payingCard } from './keepSubscription.js';

/** Who makes an attempt: a schedule, which then says when the next one is, or somebody by hand, who leaves it as it is. */
export interface Effort {
  isScheduled: boolean;
  /** The card to charge, in place of the subscription's. */
  card?: StoredPaymentMethod;
}

const day = 24 * 60 * 60;

/** Makes a draft final, charges what is open once, and has the subscription follow. */
export function settleInvoice(turn: Turn, invoice: StoredInvoice, { isScheduled, card }: Effort = { isScheduled: true }): StoredInvoice {
  const open = invoice.status === 'draft' ? finalizeInvoice(turn, invoice) : invoice;
  const subscription = subscriptionOf(turn, open);
  if (open.status === 'paid') {
    followInvoice(turn, open);
    return open;
  }
  const again = isScheduled ? nextAttempt(turn, open) : open.next_payment_attempt;
  const tried = payInvoice(turn, open, { card: card ?? (subscription ? payingCard(turn, subscription) : null), again });
  followInvoice(turn, tried);
  const isLast = isScheduled && again === null && tried.status === 'open' && tried.billing_reason !== 'subscription_create';
  if (isLast) giveUp(turn, tried);
  return turn.draft.get('invoice', tried.id) ?? tried;
}

/** The subscription that an invoice is for. */
function subscriptionOf({ draft }: Turn, { parent }: StoredInvoice): StoredSubscription | undefined {
  return draft.get('subscription', String(parent?.subscription_details?.subscription ?? ''));
}

/** The first invoice of a subscription is not tried again by itself. */
function nextAttempt({ now, account }: Turn, { billing_reason: reason, attempt_count: attempts }: StoredInvoice): number | null {
  const days = reason === 'subscription_create' ? undefined : account.retryDays[attempts];
  return days === undefined ? null : now + days * day;
}

/** The latest invoice decides about a subscription; an older one is only money. */
export function followInvoice(turn: Turn, invoice: StoredInvoice): void {
  const subscription = subscriptionOf(turn, invoice);
  if (!subscription) return;
  const discounts = lasting(turn, subscription, invoice);
  const { status } = subscription;
  const isLatest = subscription.latest_invoice === invoice.id;
  const isOpen = status === 'incomplete' || status === 'past_due' || status === 'unpaid';
  if (invoice.status === 'paid' && isLatest && isOpen) changeSubscription(turn, subscription, { discounts, status: 'active' });
  else if (invoice.status === 'open' && isLatest && status === 'active') changeSubscription(turn, subscription, { discounts, status: 'past_due' });
  else if (discounts.length < subscription.discounts.length) changeSubscription(turn, subscription, { discounts });
}

/** The discounts that outlast this invoice: one of a single use goes with the first invoice that it makes smaller. */
function lasting({ draft }: Turn, { discounts }: StoredSubscription, { total_discount_amounts: used }: StoredInvoice): StoredSubscription['discounts'] {
  return discounts.filter((id) => {
    const coupon = draft.get('coupon', String(draft.get('discount', String(id))?.source.coupon ?? ''));
    return coupon?.duration !== 'once' || !used?.some(({ discount, amount }) => discount === id && amount > 0);
  });
}

function giveUp(turn: Turn, invoice: StoredInvoice): void {
  const subscription = subscriptionOf(turn, invoice);
  if (!subscription || subscription.latest_invoice !== invoice.id) return;
  if (turn.account.afterRetries === 'cancel') endSubscription(turn, subscription, { reason: 'payment_failed' });
  if (turn.account.afterRetries === 'unpaid') changeSubscription(turn, subscription, { status: 'unpaid' });
}
