import type Stripe from 'stripe';
import type { Deps } from '../../deps.js';
import type { OrderDispute } from '../../models/money/orderDispute.js';

/** A dispute, and how it moved the balance; amounts are signed, fees positive, both in minor units of `currency`. */
export interface PaymentDispute extends OrderDispute {
  movements: { id: string; amount: number; fee: number; currency: string; at: Date }[];
}

/**
 * What banks have taken back of a charge. A mere inquiry takes nothing, so it is none.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function readDisputes(deps: Deps, chargeId: string): Promise<PaymentDispute[]> {
  const disputes = await deps.askStripe((stripe) => stripe.disputes.list({ charge: chargeId, limit: 100 }).autoPagingToArray({ limit: 100 }));
  return disputes.flatMap((dispute) => {
    const state = states.get(dispute.status);
    return state ? [viewDispute(dispute, state)] : [];
  });
}

/** https://docs.stripe.com/api/disputes/object#dispute_object-status */
const states = new Map<string, OrderDispute['state']>([
  ['needs_response', 'open'],
  ['under_review', 'open'],
  ['appeal_needs_response', 'open'],
  ['appeal_under_review', 'open'],
  ['won', 'won'],
  ['lost', 'lost'],
]);

function viewDispute({ id, amount, created, status, evidence_details: { due_by: dueBy }, balance_transactions: transactions }: Stripe.Dispute, state: OrderDispute['state']): PaymentDispute {
  const canBeAnswered = status === 'needs_response' || status === 'appeal_needs_response';
  return {
    id,
    state,
    amount,
    openedAt: new Date(created * 1000),
    dueAt: canBeAnswered && dueBy !== null ? new Date(dueBy * 1000) : null,
    movements: transactions.map((one) => ({ id: one.id, amount: one.amount, fee: one.fee, currency: one.currency, at: new Date(one.created * 1000) })),
  };
}
