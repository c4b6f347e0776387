/** 3-D Secure: the card's bank asks its holder for a proof before it pays. https://docs.stripe.com/payments/3d-secure */
import type { StoredPaymentIntent, StoredPaymentMethod } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { chargeCard } from './makeCharge.js';

const message = 'We are unable to authenticate your payment method. Please choose a different payment method and try again.';

/** Lets the intent wait for the proof. Nothing is charged yet. */
export function askForProof(turn: Turn, intent: StoredPaymentIntent, card: StoredPaymentMethod): StoredPaymentIntent {
  const asking = turn.draft.put('payment_intent', {
    ...intent,
    last_payment_error: null,
    next_action: { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'stripe_3ds2_fingerprint' } },
    payment_method: card.id,
    status: 'requires_action',
  });
  emitEvent(turn, 'payment_intent.requires_action', asking);
  return asking;
}

/** Takes the answer: with a proof the card is charged, without one it is not, and another may be tried. */
export function takeProof(turn: Turn, intent: StoredPaymentIntent, isProven: boolean): StoredPaymentIntent {
  const card = turn.draft.get('payment_method', intent.payment_method ?? '');
  if (card && isProven) return chargeCard(turn, intent, { email: card.billing_details.email }, card);
  const failed = turn.draft.put('payment_intent', {
    ...intent,
    last_payment_error: { code: 'payment_intent_authentication_failure', doc_url: 'https://docs.stripe.com/error-codes#payment-intent-authentication-failure', message, type: 'card_error' },
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  emitEvent(turn, 'payment_intent.payment_failed', failed);
  return failed;
}
