/** The bank's side of a payment: an intent, and a charge for each attempt. */
import { bookTransaction, feeOn } from '../objects/money.js';
import { debitedAccount } from '../cards/bankDebits.js';
import { besidesOf, chargedCard, paysWell } from '../cards/testCards.js';
import { disputeComesAfter } from '../disputes/openDispute.js';
import type { CheckoutPlan, StoredCharge, StoredPaymentIntent, StoredPaymentMethod, StoredSession } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { blankCharge, blankIntent } from './blanks.js';

/** Who pays, as they wrote it on the payment page; a declined card may come without an address. */
export interface Payer {
  email: string | null;
}

const declined = { code: 'card_declined', declineCode: 'generic_decline', message: 'Your card was declined.' } as const;

/** The session's payment intent; the first attempt makes it. */
export function intentFor(turn: Turn, session: StoredSession, plan: CheckoutPlan): StoredPaymentIntent {
  const existing = turn.draft.get('payment_intent', session.payment_intent ?? '');
  // A code written between two attempts changes what is asked for.
  if (existing) return { ...existing, amount: session.amount_total ?? 0 };
  return openIntent(turn, { ...plan.paymentIntent, amount: session.amount_total ?? 0, currency: session.currency ?? '', customer: session.customer });
}

/** What an intent is made of; `amount` is in minor units of `currency`. */
export interface NewIntent {
  amount: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Record<string, string>;
  receiptEmail: string | null;
  setupFutureUsage: 'off_session' | 'on_session' | null;
}

/** Makes an intent that waits for a card. */
export function openIntent(turn: Turn, given: NewIntent): StoredPaymentIntent {
  const id = newId('pi_');
  const intent = turn.draft.put('payment_intent', {
    ...blankIntent,
    id,
    amount: given.amount,
    client_secret: newId(`${id}_secret_`),
    created: turn.now,
    currency: given.currency,
    customer: given.customer,
    description: given.description,
    metadata: given.metadata,
    receipt_email: given.receiptEmail,
    setup_future_usage: given.setupFutureUsage,
  });
  emitEvent(turn, 'payment_intent.created', intent);
  return intent;
}

/** Charges the card once; the intent tells how it went. */
export function chargeCard(turn: Turn, intent: StoredPaymentIntent, payer: Payer, card: StoredPaymentMethod): StoredPaymentIntent {
  const isPaid = paysWell(card) && !lacksProof(turn, card) && !turn.faults.takeDecline();
  const charge = turn.draft.put('charge', { ...newCharge(turn, intent, payer, card), payment_method_details: { card: chargedCard(card, isPaid, intent.amount), type: 'card' } });
  if (!isPaid) return failCharge(turn, intent, charge);
  if (besidesOf(card.card?.last4) === 'disputes_it')
    turn.draft.schedule({ lane: 'open_dispute', at: (turn.sandboxNow + disputeComesAfter) * 1000, id: charge.id, attempt: 0 });
  return settleCharge(turn, intent, charge);
}

/** Whether the card's bank asks its holder for proof, who is not there to give it. */
export function lacksProof({ isPayerPresent }: Turn, { card }: StoredPaymentMethod): boolean {
  return !isPayerPresent && besidesOf(card?.last4) === 'always_asks_for_proof';
}

/** Asks a bank for money out of an account; the intent is then `processing`. See `bankDebit.ts` for how it ends. */
export function chargeAccount(turn: Turn, intent: StoredPaymentIntent, payer: Payer, account: StoredPaymentMethod): StoredPaymentIntent {
  const charge = turn.draft.put('charge', { ...newCharge(turn, intent, payer, account), payment_method_details: debitedAccount(account) });
  const processing = turn.draft.put('payment_intent', {
    ...intent,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: account.id,
    payment_method_types: [account.type],
    status: 'processing',
  });
  emitEvent(turn, 'charge.pending', charge);
  emitEvent(turn, 'payment_intent.processing', processing);
  return processing;
}

/** The money of a charge is there. */
export function settleCharge(turn: Turn, intent: StoredPaymentIntent, pending: StoredCharge): StoredPaymentIntent {
  const { id, amount, currency, description } = pending;
  const transaction = bookTransaction(turn, { source: id, type: 'charge', amount, fee: feeOn(amount), currency, description });
  const charge = turn.draft.put('charge', {
    ...pending,
    amount_captured: amount,
    balance_transaction: transaction.id,
    captured: true,
    outcome: outcomeOf(true),
    paid: true,
    status: 'succeeded',
  });
  const paid = turn.draft.put('payment_intent', {
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: id,
    next_action: null,
    payment_method: pending.payment_method,
    status: 'succeeded',
  });
  emitEvent(turn, 'charge.succeeded', charge);
  emitEvent(turn, 'payment_intent.succeeded', paid);
  return paid;
}

/** The bank does not pay a charge. */
export function failCharge(turn: Turn, intent: StoredPaymentIntent, pending: StoredCharge): StoredPaymentIntent {
  const charge = turn.draft.put('charge', { ...pending, failure_code: declined.code, failure_message: declined.message, outcome: outcomeOf(false), status: 'failed' });
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
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  emitEvent(turn, 'charge.failed', charge);
  emitEvent(turn, 'payment_intent.payment_failed', failed);
  return failed;
}

/** A charge of which nothing is known yet. */
function newCharge(turn: Turn, intent: StoredPaymentIntent, payer: Payer, method: StoredPaymentMethod): StoredCharge {
  return {
    ...blankCharge,
    id: newId('ch_'),
    amount: intent.amount,
    amount_captured: 0,
    balance_transaction: null,
    billing_details: { address: null, email: payer.email, name: null, phone: null, tax_id: null },
    captured: false,
    created: turn.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    failure_code: null,
    failure_message: null,
    metadata: intent.metadata,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: null,
    receipt_email: intent.receipt_email,
    status: 'pending',
  };
}

/** What the bank and Stripe's own judgement said. */
function outcomeOf(ok: boolean): StoredCharge['outcome'] {
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
