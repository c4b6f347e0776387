/** How a payment out of a bank account ends, once that is known: https://docs.stripe.com/payments/checkout/fulfill-orders#delayed-notification */
import { arrives, debitTakes } from '../cards/bankDebits.js';
import type { StoredPaymentIntent, StoredPaymentMethod } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { chargeAccount, failCharge, settleCharge, type Payer } from './makeCharge.js';

/** Asks the bank; the answer comes by itself. */
export function beginDebit(turn: Turn, intent: StoredPaymentIntent, payer: Payer, account: StoredPaymentMethod): StoredPaymentIntent {
  turn.draft.schedule({ lane: 'settle_debit', at: (turn.sandboxNow + debitTakes) * 1000, id: intent.id, attempt: 0 });
  return chargeAccount(turn, intent, payer, account);
}

/** The bank has answered: the session that waited for it, if one did, is paid, or stays unpaid for good. */
export function settleDebit(turn: Turn, intentId: string): void {
  const { draft } = turn;
  const intent = draft.get('payment_intent', intentId);
  const charge = draft.get('charge', intent?.latest_charge ?? '');
  const account = draft.get('payment_method', charge?.payment_method ?? '');
  const [session] = draft.walk('checkout.session', { where: { field: 'payment_intent', value: intentId } });
  if (intent?.status !== 'processing' || !charge || !account) return;
  if (arrives(account)) {
    settleCharge(turn, intent, charge);
    if (session) emitEvent(turn, 'checkout.session.async_payment_succeeded', draft.put('checkout.session', { ...session, payment_status: 'paid' }));
  } else {
    failCharge(turn, intent, charge);
    if (session) emitEvent(turn, 'checkout.session.async_payment_failed', session);
  }
}
