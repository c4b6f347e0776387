/** The lines of an invoice: https://docs.stripe.com/api/invoice-line-item */
import type { StoredInvoiceLine, StoredPrice } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Period } from '../subscriptions/periods.js';

/** What a line says. */
export interface NewInvoiceLine {
  /** In minor units of the price's currency; below zero for a credit. */
  amount: number;
  description: string;
  period: Period;
  price: StoredPrice;
  quantity: number;
  subscription: string;
  subscriptionItem: string;
  /** Set when the line is for a part of a period. */
  proration: Proration | null;
}

/** What a proration is about: for a credit, what it gives back of, if that was ever billed; for a debit, nothing. */
export interface Proration {
  credited: { invoice: string; line: string } | { invoiceItem: string } | null;
}

/** Makes a line; `invoiceItem` is the item that it comes from, if it comes from one. */
export function makeLine(line: NewInvoiceLine, invoiceItem: string | null): StoredInvoiceLine {
  return {
    id: newId('il_'),
    object: 'line_item',
    amount: line.amount,
    currency: line.price.currency,
    description: line.description,
    discount_amounts: [],
    discountable: line.proration === null,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: invoiceItem,
        proration: line.proration !== null,
        proration_details: line.proration && { credited_items: creditedItems(line.proration) },
        subscription: line.subscription,
        subscription_item: line.subscriptionItem,
      },
      type: 'subscription_item_details',
    },
    period: line.period,
    pretax_credit_amounts: [],
    pricing: pricingOf(line.price),
    quantity: line.quantity,
    quantity_decimal: String(line.quantity),
    subscription: line.subscription,
    subtotal: line.amount,
    taxes: [],
  };
}

function creditedItems({ credited }: Proration): { invoice: string; invoice_line_items: string[] } | null {
  return credited && 'line' in credited ? { invoice: credited.invoice, invoice_line_items: [credited.line] } : null;
}

/** The price as lines and invoice items show it. */
export function pricingOf({ id, product, unit_amount_decimal: amount }: StoredPrice): StoredInvoiceLine['pricing'] {
  return { price_details: { price: id, product }, type: 'price_details', unit_amount_decimal: amount };
}
