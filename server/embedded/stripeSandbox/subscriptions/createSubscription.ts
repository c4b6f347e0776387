/** The beginning of a subscription. */
import { badRequest, cardDeclined, noSuchReference } from '../api/apiFault.js';
import { mergeMetadata } from '../api/params.js';
import { cardOf } from '../cards/paymentMethods.js';
import { clockOf, inTimeOf } from '../clocks/clockTime.js';
import { chooseDiscount, redeem, type Discount } from '../discounts/chooseDiscount.js';
import { createDiscount } from '../discounts/subscriptionDiscounts.js';
import { draftInvoice } from '../invoices/draftInvoice.js';
import { finalizeInvoice } from '../invoices/finalizeInvoice.js';
import { preparePayment } from '../invoices/payInvoice.js';
import type { StoredInvoice, StoredPrice, StoredSubscription } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { blankSubscription } from './blankSubscription.js';
import { judgeItems, makeItem, periodLines, recurringPrice } from './items.js';
import { changeSubscription, currentPeriod, keepSubscription, payingCard, trialNotice } from './keepSubscription.js';
import { addIntervals, type Cycle } from './periods.js';
import { followInvoice, settleInvoice } from './settleInvoice.js';
import type { NewSubscription } from './subscriptionParams.js';

/** A subscription about to begin, judged already. */
export interface Beginning {
  customer: string;
  items: readonly { price: StoredPrice; quantity: number; metadata?: Record<string, string> | null }[];
  /** When the trial ends, in seconds; `null` without a trial. */
  trialEnd: number | null;
  missingPaymentMethod: 'cancel' | 'create_invoice' | 'pause';
  defaultPaymentMethod: string | null;
  description: string | null;
  metadata: Record<string, string>;
  discount: Discount | null;
  checkoutSession: string | null;
}

/** Begins a subscription, with its first invoice as a draft; the turn is in the customer's time. */
export function beginSubscription(turn: Turn, given: Beginning): { subscription: StoredSubscription; invoice: StoredInvoice } {
  const id = newId('sub_');
  const { now } = turn;
  const discount = given.discount && createDiscount(turn, given.discount, { customer: given.customer, subscription: id, checkoutSession: given.checkoutSession });
  const [first] = given.items;
  const cycle: Cycle = { interval: first?.price.recurring?.interval ?? 'month', interval_count: first?.price.recurring?.interval_count ?? 1 };
  const period = { start: now, end: given.trialEnd ?? addIntervals(now, cycle, 1) };
  const items = given.items.map((item) => makeItem(turn, id, { ...item, price: item.price.id }, item.price, period));
  const begun = keepSubscription(turn, {
    ...blankSubscription,
    id,
    billing_cycle_anchor: given.trialEnd ?? now,
    created: now,
    currency: first?.price.currency ?? '',
    customer: given.customer,
    default_payment_method: given.defaultPaymentMethod,
    description: given.description,
    discounts: discount ? [discount.id] : [],
    items: { object: 'list', data: items, has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    metadata: given.metadata,
    start_date: now,
    status: given.trialEnd === null ? 'incomplete' : 'trialing',
    test_clock: clockOf(turn, given.customer),
    trial_end: given.trialEnd,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: given.missingPaymentMethod } },
    trial_start: given.trialEnd === null ? null : now,
  });
  emitEvent(turn, 'customer.subscription.created', begun);
  if (given.trialEnd !== null && given.trialEnd - trialNotice <= now) emitEvent(turn, 'customer.subscription.trial_will_end', begun);
  return withFirstInvoice(turn, begun);
}

function withFirstInvoice(turn: Turn, begun: StoredSubscription): { subscription: StoredSubscription; invoice: StoredInvoice } {
  const lines = periodLines(turn, begun, currentPeriod(begun), begun.status === 'trialing');
  const now = { start: turn.now, end: turn.now };
  const invoice = draftInvoice(turn, { subscription: begun, reason: 'subscription_create', lines, period: now, finalizesAt: null });
  const subscription = keepSubscription(turn, { ...begun, latest_invoice: invoice.id });
  return { subscription, invoice };
}

/**
 * Begins a subscription at its creator's word.
 *
 * @throws ApiFault 400 when something it needs is not there; 402 when it must not begin unpaid and the card is declined.
 */
export function createSubscription(outer: Turn, given: NewSubscription): StoredSubscription {
  const { customer } = given;
  if (!outer.draft.get('customer', customer)) throw noSuchReference('customer', customer, 'customer');
  const turn = inTimeOf(outer, customer);
  const { subscription, invoice } = beginSubscription(turn, judged(turn, given));
  if (given.payment_behavior === 'default_incomplete') holdInvoice(turn, invoice);
  else collectFirst(turn, subscription, invoice, given.payment_behavior === 'error_if_incomplete');
  const created = turn.draft.get('subscription', subscription.id) ?? subscription;
  if (!given.cancel_at_period_end) return created;
  return changeSubscription(turn, created, { cancel_at: currentPeriod(created).end, cancel_at_period_end: true, canceled_at: turn.now });
}

function collectFirst(turn: Turn, subscription: StoredSubscription, invoice: StoredInvoice, mustPay: boolean): void {
  if (invoice.amount_due > 0 && !payingCard(turn, subscription))
    throw badRequest('This customer has no attached payment source or default payment method. Please consider adding a default payment method.', {
      code: 'resource_missing',
    });
  if (settleInvoice(turn, invoice).status !== 'paid' && mustPay) throw cardDeclined();
}

/** Makes the first invoice final and waits for somebody to pay it. */
function holdInvoice(turn: Turn, invoice: StoredInvoice): void {
  const final = finalizeInvoice(turn, invoice);
  if (final.status === 'open') preparePayment(turn, final);
  followInvoice(turn, final);
}

function judged(turn: Turn, given: NewSubscription): Beginning {
  const items = given.items.map((item, position) => ({
    price: recurringPrice(turn, item.price, `items[${position}][price]`),
    quantity: item.quantity ?? 1,
    metadata: item.metadata,
  }));
  if (items.length === 0) throw badRequest('Missing required param: items.', { code: 'parameter_missing', param: 'items' });
  judgeItems(items);
  const card = given.default_payment_method;
  if (card !== undefined) cardOf(turn, card, given.customer, 'default_payment_method');
  return {
    customer: given.customer,
    items,
    trialEnd: trialEndOf(turn, given.trial_end, given.trial_period_days),
    missingPaymentMethod: given.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
    defaultPaymentMethod: card ?? null,
    description: given.description ?? null,
    metadata: mergeMetadata({}, given.metadata),
    discount: discountFor(turn, given, items),
    checkoutSession: null,
  };
}

/**
 * When a trial ends that is asked for by its end or by its length; `null` for no trial.
 *
 * @throws ApiFault 400 when both are given, or the end is not in the future.
 */
export function trialEndOf({ now }: Turn, end: number | 'now' | null | undefined, days: number | undefined): number | null {
  if (typeof end === 'number' && days) throw badRequest('You may only specify one of these parameters: trial_end, trial_period_days.', { param: 'trial_end' });
  if (typeof end === 'number' && end <= now) throw badRequest('Invalid timestamp: must be an integer Unix timestamp in the future.', { param: 'trial_end' });
  if (typeof end === 'number') return end;
  return days ? now + days * 24 * 60 * 60 : null;
}

function discountFor(turn: Turn, { customer, discounts }: NewSubscription, items: Beginning['items']): Discount | null {
  const [wanted] = discounts ?? [];
  if (!wanted) return null;
  const currency = items[0]?.price.currency ?? '';
  const subtotal = items.reduce((sum, { price, quantity }) => sum + (price.unit_amount ?? 0) * quantity, 0);
  const discount = chooseDiscount(turn, wanted, { customer, currency, subtotal }, 'discounts[0]');
  redeem(turn, { discounts: [{ coupon: discount.coupon.id, promotion_code: discount.promotionCode?.id ?? null }] });
  return discount;
}
