/** An attempt to pay an invoice with a card that its customer keeps. */
import { chargeCard, openIntent } from '../checkout/makeCharge.js';
import { changeCustomer } from '../objects/customers.js';
import type { StoredInvoice, StoredInvoicePayment, StoredPaymentIntent, StoredPaymentMethod } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { markPaid } from './finalizeInvoice.js';
import { keepInvoice } from './keepInvoice.js';

/** What an attempt is made with. */
export interface Attempt {
  /** Without a card the attempt fails. */
  card: StoredPaymentMethod | null;
  /** When it is tried again if it fails, in seconds; `null` for never. */
  again: number | null;
}

const descriptions: { readonly [reason: string]: string } = {
  subscription_create: 'Subscription creation',
  subscription_cycle: 'Subscription renewal',
  subscription_update: 'Subscription update',
};

/** Charges an open invoice once; the invoice tells how it went. */
export function payInvoice(turn: Turn, invoice: StoredInvoice, { card, again }: Attempt): StoredInvoice {
  const payment = preparePayment(turn, invoice);
  const intent = turn.draft.get('payment_intent', String(payment.payment.payment_intent ?? ''));
  if (!intent) throw new Error(`Invoice ${invoice.id} has lost its payment intent.`);
  const attempted = { ...invoice, attempt_count: invoice.attempt_count + 1, attempted: true };
  const tried = card ? chargeCard(turn, intent, { email: invoice.customer_email }, card) : intent;
  return tried.status === 'succeeded' ? settle(turn, attempted, payment) : fail(turn, { ...attempted, next_payment_attempt: again });
}

/** The payment by which an open invoice is to be paid; it is made when the invoice has none. */
export function preparePayment(turn: Turn, invoice: StoredInvoice, existing?: StoredPaymentIntent): StoredInvoicePayment {
  for (const payment of turn.draft.walk('invoice_payment', { where: { field: 'invoice', value: invoice.id } })) if (payment.status === 'open') return payment;
  const intent = existing ?? openIntent(turn, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer,
    description: descriptions[invoice.billing_reason ?? ''] ?? null,
    metadata: {},
    receiptEmail: null,
    setupFutureUsage: null,
  });
  return turn.draft.put('invoice_payment', {
    id: newId('inpay_'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: turn.now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

function settle(turn: Turn, invoice: StoredInvoice, payment: StoredInvoicePayment): StoredInvoice {
  const paid = turn.draft.put('invoice_payment', {
    ...payment,
    amount_paid: invoice.amount_due,
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: turn.now },
  });
  emitEvent(turn, 'invoice_payment.paid', paid);
  markDelinquent(turn, invoice.customer, false);
  return markPaid(turn, invoice);
}

function fail(turn: Turn, invoice: StoredInvoice): StoredInvoice {
  const failed = keepInvoice(turn, invoice);
  emitEvent(turn, 'invoice.payment_failed', failed);
  markDelinquent(turn, invoice.customer, true);
  return failed;
}

function markDelinquent(turn: Turn, customerId: string | null, delinquent: boolean): void {
  const customer = turn.draft.get('customer', customerId ?? '');
  if (customer && customer.delinquent !== delinquent) changeCustomer(turn, customer.id, { delinquent });
}
