/** What waits for a customer's next invoice: https://docs.stripe.com/api/invoiceitems. Changes of subscriptions make them. */
import { noSuchObject } from '../api/apiFault.js';
import { lists, reads, sameText, type Endpoint } from '../api/endpoint.js';
import { flag, id as idParam, params } from '../api/params.js';
import { clockOf } from '../clocks/clockTime.js';
import type { StoredInvoiceItem, StoredInvoiceLine } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { makeLine, pricingOf, type NewInvoiceLine, type Proration } from './invoiceLines.js';

/** Puts a line by for the next invoice. */
export function createInvoiceItem(turn: Turn, customer: string, line: NewInvoiceLine): StoredInvoiceItem {
  const item = turn.draft.put('invoiceitem', {
    id: newId('ii_'),
    object: 'invoiceitem',
    amount: line.amount,
    currency: line.price.currency,
    customer,
    customer_account: null,
    date: turn.now,
    description: line.description,
    discountable: false,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    net_amount: line.amount,
    parent: {
      subscription_details: { subscription: line.subscription, subscription_item: line.subscriptionItem },
      type: 'subscription_details',
    },
    period: line.period,
    pricing: pricingOf(line.price),
    proration: true,
    proration_details: { credited_items: creditedItems(line.proration), discount_amounts: [] },
    quantity: line.quantity,
    quantity_decimal: String(line.quantity),
    tax_rates: [],
    test_clock: clockOf(turn, customer),
  });
  emitEvent(turn, 'invoiceitem.created', item);
  return item;
}

function creditedItems(proration: Proration | null): NonNullable<StoredInvoiceItem['proration_details']>['credited_items'] {
  const credited = proration?.credited;
  if (!credited) return null;
  if ('invoiceItem' in credited) return { invoice_item: credited.invoiceItem, type: 'invoice_item' };
  return { invoice_line_item_details: { invoice: credited.invoice, invoice_line_items: [credited.line] }, type: 'invoice_line_items' };
}

/** What waits for the next invoice of a subscription, oldest first. */
export function pendingItems({ draft }: Turn, customer: string, subscription: string): StoredInvoiceItem[] {
  const all = [...draft.walk('invoiceitem', { where: { field: 'customer', value: customer } })];
  return all.filter((item) => item.invoice === null && item.parent?.subscription_details?.subscription === subscription).toReversed();
}

/** The line of an invoice that an item becomes. */
export function lineFromItem({ draft }: Turn, item: StoredInvoiceItem): StoredInvoiceLine {
  const details = item.parent?.subscription_details;
  const credited = item.proration_details?.credited_items?.invoice_line_item_details;
  const price = draft.get('price', String(item.pricing.price_details?.price ?? ''));
  if (!price || !details) throw new Error(`Invoice item ${item.id} has lost its price or its subscription.`);
  return makeLine(
    {
      amount: item.amount,
      description: item.description ?? '',
      period: item.period,
      price,
      quantity: item.quantity,
      subscription: details.subscription,
      subscriptionItem: details.subscription_item ?? '',
      proration: { credited: credited ? { invoice: credited.invoice, line: credited.invoice_line_items[0] ?? '' } : null },
    },
    item.id,
  );
}

/** The API's rows for invoice items. */
export const invoiceItemEndpoints: readonly Endpoint[] = [
  lists('invoiceitem', '/v1/invoiceitems', {
    customer: sameText(idParam(), 'customer'),
    invoice: sameText(idParam(), 'invoice'),
    pending: { param: flag(), matches: (item, pending: boolean) => (item.invoice === null) === pending },
  }),
  reads('/v1/invoiceitems/:id', params({}), ({ reader }, { id }) => {
    const item = reader.get('invoiceitem', id);
    if (!item) throw noSuchObject('invoiceitem', id);
    return item;
  }),
];
