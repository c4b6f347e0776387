/** What a change in the middle of a period gives back and asks for: https://docs.stripe.com/billing/subscriptions/prorations */
import { discountsOn } from '../discounts/subscriptionDiscounts.js';
import { takeOff } from '../discounts/takeOff.js';
import { netOf } from '../invoices/draftInvoice.js';
import type { NewInvoiceLine, Proration } from '../invoices/invoiceLines.js';
import type { StoredInvoice, StoredInvoiceItem, StoredSubscription, StoredSubscriptionItem } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { productName } from './items.js';
import { periodOf, shareOf, type Period } from './periods.js';

/** Something that was billed for an item and has not been given back; `amount` is after discounts, in minor units. */
interface Billed {
  amount: number;
  period: Period;
  price: string;
  credited: NonNullable<Proration['credited']>;
}

/** The unused time of an item: what was billed for it, in proportion; what was never billed, by its price. */
export function creditLines(turn: Turn, subscription: StoredSubscription, item: StoredSubscriptionItem, at: number): NewInvoiceLine[] {
  const period = periodOf(item);
  const billed = billedFor(turn, subscription, item).filter((one) => one.price === item.price.id && one.period.end === period.end && one.period.start <= at);
  const whole = { amount: priceOf(turn, subscription, item), period, credited: null };
  return (billed.length > 0 ? billed : [whole]).flatMap((one) => {
    const rest = { start: at, end: one.period.end };
    const line = lineFor(turn, subscription, item, rest, -shareOf(one.amount, rest, one.period), one.credited);
    return line.amount === 0 ? [] : [line];
  });
}

/** The time of an item that remains of its period. */
export function debitLines(turn: Turn, subscription: StoredSubscription, item: StoredSubscriptionItem, at: number): NewInvoiceLine[] {
  const rest = { start: at, end: item.current_period_end };
  const amount = shareOf(priceOf(turn, subscription, item), rest, periodOf(item));
  return amount === 0 ? [] : [lineFor(turn, subscription, item, rest, amount, null)];
}

function lineFor(
  turn: Turn,
  subscription: StoredSubscription,
  item: StoredSubscriptionItem,
  period: Period,
  amount: number,
  credited: Proration['credited'],
): NewInvoiceLine {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(period.start * 1000);
  const quantity = item.quantity ?? 1;
  const name = `${quantity > 1 ? `${quantity} × ` : ''}${productName(turn, item.price)}`;
  const description = `${amount < 0 ? 'Unused' : 'Remaining'} time on ${name} after ${day}`;
  return { amount, description, period, price: item.price, quantity, subscription: subscription.id, subscriptionItem: item.id, proration: { credited } };
}

/** A whole period of an item, after the discounts that are on it for longer than one invoice; in minor units. */
function priceOf(turn: Turn, subscription: StoredSubscription, { price, quantity = 1 }: StoredSubscriptionItem): number {
  let amount = (price.unit_amount ?? 0) * quantity;
  for (const { coupon } of discountsOn(turn, subscription))
    if (coupon.duration !== 'once') amount -= takeOff(coupon, [{ amount, product: price.product ?? '' }])[0] ?? 0;
  return amount;
}

function billedFor({ draft }: Turn, { customer }: StoredSubscription, item: StoredSubscriptionItem): Billed[] {
  const where = { field: 'customer', value: customer } as const;
  const items = [...draft.walk('invoiceitem', { where })];
  const invoices = [...draft.walk('invoice', { where })].filter(({ status }) => status !== 'void');
  const isStanding = ({ invoice }: StoredInvoiceItem): boolean => invoice === null || invoices.some(({ id }) => id === invoice);
  const standing = items.filter(isStanding);
  const givenBack = new Set(standing.flatMap(creditedBy));
  return [...standing.flatMap((one) => debitOf(one, item)), ...invoices.flatMap((one) => linesOf(one, item))].filter(
    ({ credited }) => !givenBack.has('line' in credited ? credited.line : credited.invoiceItem),
  );
}

function debitOf(one: StoredInvoiceItem, item: StoredSubscriptionItem): Billed[] {
  if (one.amount <= 0 || one.parent?.subscription_details?.subscription_item !== item.id) return [];
  return [{ amount: one.amount, period: one.period, price: String(one.pricing.price_details?.price), credited: { invoiceItem: one.id } }];
}

/** The lines of whole periods; those that came from invoice items are found as items. */
function linesOf(invoice: StoredInvoice, item: StoredSubscriptionItem): Billed[] {
  const lines = invoice.lines.data.filter(({ parent, amount }) => {
    const details = parent?.subscription_item_details;
    return amount > 0 && details?.subscription_item === item.id && !details.proration;
  });
  return lines.map((line) => ({
    amount: netOf(line),
    period: line.period,
    price: String(line.pricing.price_details?.price),
    credited: { invoice: invoice.id, line: line.id },
  }));
}

function creditedBy({ proration_details: details }: StoredInvoiceItem): string[] {
  const credited = details?.credited_items;
  return [...(credited?.invoice_line_item_details?.invoice_line_items ?? []), ...(credited?.invoice_item ? [credited.invoice_item] : [])];
}
