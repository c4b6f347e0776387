/** A cardholder's bank takes a payment back: https://docs.stripe.com/disputes/how-disputes-work */
import { bookTransaction } from '../objects/money.js';
import type { StoredDispute } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { blankDispute } from './blankDispute.js';

/** How soon after the payment the test card disputes it, in seconds. */
export const disputeComesAfter = 60;
/** For how long it can be answered, in seconds: a week and a bit, as most card networks leave it. */
const answerableFor = 9 * 24 * 60 * 60;
/** What Stripe takes for each dispute, in minor units of the payment's currency. It is never given back. */
const disputeFee = 1500;

/** The dispute of a charge, if there is one. */
export function disputeOf({ draft }: Pick<Turn, 'draft'>, chargeId: string): StoredDispute | undefined {
  const [dispute] = draft.walk('dispute', { where: { field: 'charge', value: chargeId } });
  return dispute;
}

/** Opens a dispute over what is left of a charge, and takes the money. What is all given back cannot be disputed any more. */
export function openDispute(turn: Turn, chargeId: string): void {
  const { draft } = turn;
  const charge = draft.get('charge', chargeId);
  if (!charge?.paid || charge.refunded || disputeOf(turn, chargeId)) return;
  const id = newId('du_');
  const amount = charge.amount - charge.amount_refunded;
  const { currency, payment_intent: intent } = charge;
  const taken = bookTransaction(turn, {
    source: id, type: 'adjustment', amount: -amount, fee: disputeFee, feeFor: 'Dispute fee', currency,
    description: `Chargeback withdrawal for ${chargeId}`, category: 'dispute',
  });
  const dueBy = turn.now + answerableFor;
  const brand = charge.payment_method_details?.card?.brand ?? 'visa';
  const dispute = draft.put('dispute', {
    ...blankDispute,
    id,
    amount,
    balance_transactions: [taken],
    charge: chargeId,
    created: turn.now,
    currency,
    evidence_details: { ...blankDispute.evidence_details, due_by: dueBy },
    network_reason_code: '10.4',
    payment_intent: intent,
    payment_method_details: { card: { brand, case_type: 'chargeback', network: brand, network_reason_code: '10.4' }, type: 'card' },
    reason: 'fraudulent',
  });
  draft.put('charge', { ...charge, disputed: true });
  draft.schedule({ lane: 'lose_dispute', at: (turn.sandboxNow + answerableFor) * 1000, id, attempt: 0 });
  emitEvent(turn, 'charge.dispute.created', dispute);
  emitEvent(turn, 'charge.dispute.funds_withdrawn', dispute);
}
