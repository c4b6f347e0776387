/** What can be made to happen on the payment page, each by the test card or account that has it happen at Stripe. */
import { debitIn, type DebitAnswer } from '../cards/bankDebits.js';
import type { TestCardName } from '../cards/testCards.js';
import type { StoredSession } from '../store/kinds.js';

/** With what it is paid. */
export type Means = { card: TestCardName } | { debit: DebitAnswer };

/** Each outcome under the name that its button posts to. */
export const outcomes = {
  pay: { card: 'pm_card_visa' },
  decline: { card: 'pm_card_chargeDeclined' },
  secure: { card: 'pm_card_threeDSecure2Required' },
  debit: { debit: 'succeeds' },
  'debit-fails': { debit: 'fails' },
  dispute: { card: 'pm_card_createDispute' },
  'refund-waits': { card: 'pm_card_pendingRefund' },
  'refund-fails': { card: 'pm_card_refundFail' },
} as const satisfies { readonly [name: string]: Means };

/** The name of an outcome. */
export type OutcomeName = keyof typeof outcomes;

const names = Object.keys(outcomes) as OutcomeName[];

/** What can happen to a session: what costs nothing is only completed, and a subscription is paid for by card. */
export function outcomesOf(session: StoredSession): OutcomeName[] {
  if (session.payment_status === 'no_payment_required') return ['pay'];
  if (session.mode === 'subscription') return ['pay', 'decline', 'dispute'];
  const takesDebit = debitIn(session) !== null;
  return names.filter((name) => takesDebit || !('debit' in outcomes[name]));
}
