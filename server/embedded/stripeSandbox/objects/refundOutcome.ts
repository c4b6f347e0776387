/** What becomes of a refund that is not done with at once; which ones those are, the card says that was charged. */
import { besidesOf } from '../cards/testCards.js';
import type { Kinds, StoredCharge } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { bookTransaction } from './money.js';

/** After how long that is known, in seconds. */
const outcomeComesAfter = 3 * 60;

const behaviourOf = ({ payment_method_details: details }: StoredCharge) => besidesOf(details?.card?.last4);

/** Whether a refund of the charge is on its way for a while: to a bank account it always is. */
export function beginsPending(charge: StoredCharge): boolean {
  return charge.payment_method_details?.type !== 'card' || behaviourOf(charge) === 'refunds_take_time';
}

/** Sees to it that the outcome comes, where it does not stand yet. */
export function planOutcome(turn: Turn, charge: StoredCharge, { id }: Kinds['refund']): void {
  if (!beginsPending(charge) && behaviourOf(charge) !== 'refunds_fail') return;
  turn.draft.schedule({ lane: 'settle_refund', at: (turn.sandboxNow + outcomeComesAfter) * 1000, id, attempt: 0 });
}

/** The refund has arrived; or it has come back, and the money is the account's again. */
export function settleRefund(turn: Turn, id: string): void {
  const refund = turn.draft.get('refund', id);
  const charge = turn.draft.get('charge', refund?.charge ?? '');
  if (!refund || !charge) return;
  if (behaviourOf(charge) === 'refunds_fail') return failRefund(turn, refund, charge);
  const { pending_reason: _over, ...rest } = refund;
  emitEvent(turn, 'refund.updated', turn.draft.put('refund', { ...rest, status: 'succeeded' }), refund);
}

function failRefund(turn: Turn, refund: Kinds['refund'], charge: StoredCharge): void {
  const { id, amount, currency } = refund;
  const transaction = bookTransaction(turn, { source: id, type: 'refund_failure', amount, currency, description: 'REFUND FAILURE' });
  const failed = turn.draft.put('refund', { ...refund, failure_balance_transaction: transaction.id, failure_reason: 'expired_or_canceled_card', status: 'failed' });
  turn.draft.put('charge', { ...charge, amount_refunded: charge.amount_refunded - amount, refunded: false });
  emitEvent(turn, 'refund.updated', failed, refund);
  emitEvent(turn, 'refund.failed', failed);
}
