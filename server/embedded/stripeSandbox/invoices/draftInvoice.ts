/** Draws up the invoice of a subscription. */
import { leastCharge } from '../../../../shared/money.js';
import { discountsOn } from '../discounts/subscriptionDiscounts.js';
import { takeOff } from '../discounts/takeOff.js';
import { changeCustomer } from '../objects/customers.js';
import type { StoredInvoice, StoredInvoiceLine, StoredSubscription } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Period } from '../subscriptions/periods.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { blankInvoice } from './blankInvoice.js';
import { lineFromItem, pendingItems } from './invoiceItems.js';
import { keepInvoice } from './keepInvoice.js';
import { makeLine, type NewInvoiceLine } from './invoiceLines.js';

/** What an invoice is about. */
export interface NewInvoice {
  subscription: StoredSubscription;
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update';
  lines: readonly NewInvoiceLine[];
  period: Period;
  /** When it becomes final by itself, in seconds; `null` when it is made final at once, or by hand. */
  finalizesAt: number | null;
}

/** A draft with everything that waits for it. What it adds up to is known now, and reckoned again when it becomes final. */
export function draftInvoice(turn: Turn, { subscription, reason, lines, period, finalizesAt }: NewInvoice): StoredInvoice {
  const id = newId('in_');
  const waiting = pendingItems(turn, subscription.customer, subscription.id);
  const bare = [...waiting.map((item) => lineFromItem(turn, item)), ...lines.map((line) => makeLine(line, null))];
  for (const item of waiting) turn.draft.put('invoiceitem', { ...item, invoice: id });
  const { currency } = subscription;
  const customer = turn.draft.get('customer', subscription.customer);
  if (customer?.currency === null) changeCustomer(turn, customer.id, { currency });
  const discounted = withDiscounts(turn, subscription, bare.map((line) => ({ ...line, invoice: id })));
  const invoice = keepInvoice(turn, {
    ...blankInvoice,
    ...totals(discounted),
    ...due(turn, subscription.customer, currency, totals(discounted).total),
    ending_balance: null,
    id,
    automatically_finalizes_at: finalizesAt,
    billing_reason: reason,
    created: turn.now,
    currency,
    customer: subscription.customer,
    customer_email: customer?.email ?? null,
    customer_name: customer?.name ?? null,
    discounts: subscription.discounts,
    lines: { object: 'list', data: discounted, has_more: false, url: `/v1/invoices/${id}/lines` },
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: 'subscription_details',
    },
    period_end: period.end,
    period_start: period.start,
    test_clock: subscription.test_clock,
  });
  emitEvent(turn, 'invoice.created', invoice);
  return invoice;
}

/** Each discount takes off what those before it have left. */
function withDiscounts(turn: Turn, subscription: StoredSubscription, bare: StoredInvoiceLine[]): StoredInvoiceLine[] {
  let lines = bare;
  for (const { discount, coupon } of discountsOn(turn, subscription)) {
    const off = takeOff(coupon, lines.map((line) => ({ amount: line.discountable ? netOf(line) : 0, product: line.pricing.price_details?.product ?? '' })));
    lines = lines.map((line, place) => {
      const amount = off[place] ?? 0;
      return line.discountable ? { ...line, discount_amounts: [...(line.discount_amounts ?? []), { amount, discount: discount.id }], discounts: [...line.discounts, discount.id] } : line;
    });
  }
  return lines;
}

/** What a line comes to after its discounts. */
export function netOf({ amount, discount_amounts: off }: StoredInvoiceLine): number {
  return (off ?? []).reduce((left, each) => left - each.amount, amount);
}

function totals(lines: readonly StoredInvoiceLine[]) {
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const total = lines.reduce((sum, line) => sum + netOf(line), 0);
  const off = new Map<string, number>();
  for (const { discount_amounts: each } of lines)
    for (const { amount, discount } of each ?? []) off.set(String(discount), (off.get(String(discount)) ?? 0) + amount);
  return {
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_discount_amounts: [...off].map(([discount, amount]) => ({ amount, discount })),
    total_excluding_tax: total,
  };
}

/**
 * What is to be paid now, after the customer's balance (below zero: the customer has credit). What is less than can be
 * charged is carried over in the balance: https://docs.stripe.com/billing/customer/balance
 */
export function due({ draft }: Turn, customerId: string, currency: string, total: number) {
  const customer = draft.get('customer', customerId);
  const balance = customer?.currency === currency ? customer.balance : 0;
  const owed = total + balance;
  const amount = owed >= leastCharge(currency) ? owed : 0;
  return { amount_due: amount, amount_remaining: amount, starting_balance: balance, ending_balance: amount > 0 ? 0 : owed };
}
