import type Stripe from 'stripe';
import type { Deps } from '../../deps.js';
import type { MoneyLine } from './bookLines.js';

/**
 * What of a payment went back, as lines for the ledger: refunds made by whomever at Stripe, what a bank took back and what it
 * gave back. A refund leaves the balance when it is asked for, and comes back into it when it fails.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function readMoneyBack(deps: Deps, paymentId: string): Promise<MoneyLine[]> {
  const ofPayment = { payment_intent: paymentId, limit: 100 };
  const [refunds, disputes] = await Promise.all([
    deps.askStripe((stripe) => stripe.refunds.list({ ...ofPayment, expand: ['data.failure_balance_transaction'] })),
    deps.askStripe((stripe) => stripe.disputes.list(ofPayment)),
  ]);
  return [...refunds.data.flatMap(linesOfRefund), ...disputes.data.flatMap(linesOfDispute)];
}

function linesOfRefund({ id, amount, currency, created, balance_transaction: booking, failure_balance_transaction: reversal }: Stripe.Refund): MoneyLine[] {
  const lines: MoneyLine[] = booking === null ? [] : [{ kind: 'refund', source: `refund:${id}`, amount: -amount, currency, occurredAt: momentOf(created) }];
  if (typeof reversal === 'object' && reversal) lines.push({ kind: 'refund', source: `refund:${reversal.id}`, amount, currency, occurredAt: momentOf(reversal.created) });
  return lines;
}

function linesOfDispute({ balance_transactions: movements }: Stripe.Dispute): MoneyLine[] {
  return movements.flatMap(({ id, amount, fee, currency, created }) => {
    const about = { currency, occurredAt: momentOf(created) };
    const taken: MoneyLine = { ...about, kind: 'dispute', source: `dispute:${id}`, amount };
    return fee === 0 ? [taken] : [taken, { ...about, kind: 'fee', source: `fee:${id}`, amount: -fee }];
  });
}

function momentOf(seconds: number): Date {
  return new Date(seconds * 1000);
}
