/** The card's side of a payment: an intent, and a charge for each attempt. */
import { bookTransaction } from '../objects/money.js';
import type { CheckoutPlan, StoredCharge, StoredPaymentIntent, StoredSession } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { blankCharge, blankIntent } from './blanks.js';

/** Who pays, as they wrote it on the payment page; a declined card may come without an address. */
export interface Payer {
  email: string | null;
}

/** How the card's bank answers. */
export type CardAnswer = 'approved' | 'declined';

const declined = { code: 'card_declined', declineCode: 'generic_decline', message: 'Your card was declined.' } as const;

/** The session's payment intent; the first attempt makes it. */
export function intentFor(turn: Turn, session: StoredSession, plan: CheckoutPlan): StoredPaymentIntent {
  const existing = turn.draft.get('payment_intent', session.payment_intent ?? '');
  // A code written between two attempts changes what is asked for.
  if (existing) return { ...existing, amount: session.amount_total ?? 0 };
  const id = newId('pi_');
  const intent = turn.draft.put('payment_intent', {
    ...blankIntent,
    id,
    amount: session.amount_total ?? 0,
    client_secret: newId(`${id}_secret_`),
    created: turn.now,
    currency: session.currency ?? '',
    customer: session.customer,
    description: plan.paymentIntent.description,
    metadata: plan.paymentIntent.metadata,
    receipt_email: plan.paymentIntent.receiptEmail,
    setup_future_usage: plan.paymentIntent.setupFutureUsage,
  });
  emitEvent(turn, 'payment_intent.created', intent);
  return intent;
}

/** Charges the card once; the intent tells how it went. */
export function chargeCard(turn: Turn, intent: StoredPaymentIntent, payer: Payer, answer: CardAnswer): StoredPaymentIntent {
  const charge = turn.draft.put('charge', newCharge(turn, intent, payer, answer));
  if (answer === 'declined') {
    const failed = turn.draft.put('payment_intent', {
      ...intent,
      last_payment_error: {
        charge: charge.id,
        code: declined.code,
        decline_code: declined.declineCode,
        doc_url: 'https://docs.stripe.com/error-codes#card-declined',
        message: declined.message,
        type: 'card_error',
      },
      latest_charge: charge.id,
      status: 'requires_payment_method',
    });
    emitEvent(turn, 'charge.failed', charge);
    emitEvent(turn, 'payment_intent.payment_failed', failed);
    return failed;
  }
  const paid = turn.draft.put('payment_intent', {
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
    status: 'succeeded',
  });
  emitEvent(turn, 'charge.succeeded', charge);
  emitEvent(turn, 'payment_intent.succeeded', paid);
  return paid;
}

function newCharge(turn: Turn, intent: StoredPaymentIntent, payer: Payer, answer: CardAnswer): StoredCharge {
  const id = newId('ch_');
  const { amount, currency, description } = intent;
  const ok = answer === 'approved';
  const transaction = ok ? bookTransaction(turn, { source: id, type: 'charge', amount, currency, description }) : null;
  return {
    ...blankCharge,
    id,
    amount,
    amount_captured: ok ? amount : 0,
    balance_transaction: transaction?.id ?? null,
    billing_details: { address: null, email: payer.email, name: null, phone: null, tax_id: null },
    captured: ok,
    created: turn.now,
    currency,
    customer: intent.customer,
    description,
    failure_code: ok ? null : declined.code,
    failure_message: ok ? null : declined.message,
    metadata: intent.metadata,
    outcome: outcomeOf(answer),
    paid: ok,
    payment_intent: intent.id,
    payment_method: newId('pm_'),
    payment_method_details: { card: testCard(answer, amount), type: 'card' },
    receipt_email: intent.receipt_email,
    status: ok ? 'succeeded' : 'failed',
  };
}

/** What the bank and Stripe's own judgement said. */
function outcomeOf(answer: CardAnswer): StoredCharge['outcome'] {
  const ok = answer === 'approved';
  return {
    advice_code: ok ? null : 'try_again_later',
    network_advice_code: null,
    network_decline_code: null,
    network_status: ok ? 'approved_by_network' : 'declined_by_network',
    reason: ok ? null : declined.declineCode,
    risk_level: 'normal',
    seller_message: ok ? 'Payment complete.' : 'The bank did not return any further details with this decline.',
    type: ok ? 'authorized' : 'issuer_declined',
  };
}

/** Stripe's own test cards: https://docs.stripe.com/testing#cards */
function testCard(answer: CardAnswer, amount: number): NonNullable<StoredCharge['payment_method_details']>['card'] {
  return {
    amount_authorized: answer === 'approved' ? amount : null,
    authorization_code: null,
    brand: 'visa',
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    electronic_commerce_indicator: null,
    exp_month: 12,
    exp_year: 2099,
    funding: 'credit',
    installments: null,
    last4: answer === 'approved' ? '4242' : '0002',
    mandate: null,
    network: 'visa',
    network_transaction_id: null,
    regulated_status: 'unregulated',
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}
