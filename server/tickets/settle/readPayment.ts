import type Stripe from 'stripe';
import type { Deps } from '../../deps.js';
import type { OrderDocument } from '../../models/order.js';
import { readDisputes, type PaymentDispute } from './readDisputes.js';

/** What Stripe says of an order's money. Amounts are in minor units of their currency. */
export interface Payment {
  /** Whether the checkout can still be paid. */
  checkout: 'open' | 'complete' | 'expired';
  /** `awaited`: the bank was asked, and answers in days. `failed`: it has said no, and this checkout cannot be paid any more. */
  standing: 'none' | 'awaited' | 'failed' | 'paid';
  /** What was asked at the checkout, and for which order. */
  amount: number;
  currency: string;
  orderId: string | null;
  paymentId: string | null;
  charge: { id: string; amount: number; currency: string; at: Date } | null;
  /** What Stripe took, in the currency it pays out; null until it tells. */
  fee: { id: string; amount: number; currency: string } | null;
  refunds: PaymentRefund[];
  /** What is back or on its way back, in minor units. */
  returned: number;
  disputes: PaymentDispute[];
}

export interface PaymentRefund {
  id: string;
  /** Which refund of the order it is; null for one made otherwise. */
  requestId: string | null;
  amount: number;
  currency: string;
  /** `accepted` is on its way, `asks_buyer` will be when they have answered Stripe, `done` is back with them, `failed` will not come. */
  state: 'accepted' | 'asks_buyer' | 'done' | 'failed';
  /** Until when the buyer may answer what Stripe has asked them; null where it asks nothing, or does not say. */
  answerBy: Date | null;
  at: Date;
  /** Whether it has left the balance: it does as soon as it is asked for, and comes back if it fails. */
  isBooked: boolean;
  cameBack: { id: string; at: Date } | null;
}

/**
 * Reads the truth about an order's money; null while it has no checkout, or needs none.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function readPayment(deps: Deps, order: OrderDocument): Promise<Payment | null> {
  const { sessionId } = order;
  if (!sessionId) return null;
  const expand = ['payment_intent.latest_charge.balance_transaction'];
  const session = await deps.askStripe((stripe) => stripe.checkout.sessions.retrieve(sessionId, { expand }));
  const intent = opened(session.payment_intent);
  const charge = opened(intent?.latest_charge);
  const standing = standingOf(session, intent);
  const isPaid = standing === 'paid';
  const refunds = isPaid && intent ? await readRefunds(deps, intent.id) : [];
  return {
    checkout: checkoutStates.get(session.status ?? '') ?? 'open',
    standing,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? '',
    orderId: session.client_reference_id,
    paymentId: intent?.id ?? null,
    charge: isPaid && charge?.paid ? { id: charge.id, amount: charge.amount, currency: charge.currency, at: momentOf(charge.created) } : null,
    fee: isPaid ? feeOf(opened(charge?.balance_transaction)) : null,
    refunds,
    returned: refunds.filter(({ state }) => state !== 'failed').reduce((sum, { amount }) => sum + amount, 0),
    disputes: charge?.disputed ? await readDisputes(deps, charge.id) : [],
  };
}

/** https://docs.stripe.com/payments/checkout/fulfill-orders#delayed-notification */
function standingOf({ status, payment_status: paid }: Stripe.Checkout.Session, intent: Stripe.PaymentIntent | null): Payment['standing'] {
  if (paid === 'paid') return 'paid';
  if (status !== 'complete' || !intent) return 'none';
  return intent.status === 'processing' ? 'awaited' : 'failed';
}

async function readRefunds(deps: Deps, paymentId: string): Promise<PaymentRefund[]> {
  const refunds = await deps.askStripe((stripe) => stripe.refunds.list({ payment_intent: paymentId, limit: 100, expand: ['data.failure_balance_transaction'] }).autoPagingToArray({ limit: 1000 }));
  return refunds.map(({ id, amount, currency, status, created, metadata, balance_transaction: booking, failure_balance_transaction: reversal, next_action: next }) => {
    const cameBack = opened(reversal);
    return {
      id,
      requestId: metadata?.['refundId'] ?? null,
      amount,
      currency,
      state: refundStates.get(status ?? '') ?? 'accepted',
      answerBy: next?.display_details ? momentOf(next.display_details.expires_at) : null,
      at: momentOf(created),
      isBooked: booking !== null,
      cameBack: cameBack && { id: cameBack.id, at: momentOf(cameBack.created) },
    };
  });
}

/** https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-status */
const checkoutStates = new Map<string, Payment['checkout']>([['complete', 'complete'], ['expired', 'expired']]);

/** https://docs.stripe.com/api/refunds/object#refund_object-status; `pending` is on its way. */
const refundStates = new Map<string, PaymentRefund['state']>([['requires_action', 'asks_buyer'], ['succeeded', 'done'], ['failed', 'failed'], ['canceled', 'failed']]);

function feeOf(transaction: Stripe.BalanceTransaction | null): Payment['fee'] {
  return transaction && { id: transaction.id, amount: transaction.fee, currency: transaction.currency };
}

/** A reference that was asked to be expanded; null where there is nothing behind it. */
function opened<T>(reference: string | T | null | undefined): T | null {
  return typeof reference === 'string' ? null : (reference ?? null);
}

function momentOf(seconds: number): Date {
  return new Date(seconds * 1000);
}
