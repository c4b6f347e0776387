/** What becomes of a refund that is not done with at once; which ones those are, the card says that was charged. */
import { badRequest, noSuchObject } from '../api/apiFault.js';
import { besidesOf } from '../cards/testCards.js';
import type { Kinds, StoredCharge } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { bookTransaction } from './money.js';

/** After how long that is known, in seconds. */
const outcomeComesAfter = 3 * 60;
/** For how long Stripe waits for whoever it has asked, in seconds: https://docs.stripe.com/payments/customer-balance/refunding */
const answerableFor = 45 * 24 * 60 * 60;

const behaviourOf = ({ payment_method_details: details }: StoredCharge) => besidesOf(details?.card?.last4);

/** Whether a refund of the charge is on its way for a while: to a bank account it always is. */
export function beginsPending(charge: StoredCharge): boolean {
  return charge.payment_method_details?.type !== 'card' || behaviourOf(charge) === 'refunds_take_time';
}

/** What a refund is while its receiver has not said yet where it is to go; `email` is where they were asked. */
export function asking({ now }: Turn, email: string | null): Pick<Kinds['refund'], 'next_action' | 'status'> {
  const asked = { email_sent: { email_sent_at: now, email_sent_to: email ?? '' }, expires_at: now + answerableFor };
  return { next_action: { display_details: asked, type: 'display_details' }, status: 'requires_action' };
}

/** Sees to it that the outcome comes, where it does not stand yet. */
export function planOutcome(turn: Turn, charge: StoredCharge, { id, status }: Kinds['refund']): void {
  if (status === 'succeeded' && behaviourOf(charge) !== 'refunds_fail') return;
  turn.draft.schedule({ lane: 'settle_refund', at: (turn.sandboxNow + outcomeComesAfter) * 1000, id, attempt: 0 });
}

/** The refund has arrived; or it has come back, and the money is the account's again. */
export function settleRefund(turn: Turn, id: string): void {
  const refund = turn.draft.get('refund', id);
  const charge = turn.draft.get('charge', refund?.charge ?? '');
  if (!refund || !charge || refund.status === 'canceled') return;
  if (behaviourOf(charge) === 'refunds_fail') return failRefund(turn, refund, charge);
  const { pending_reason: _over, next_action: _answered, ...rest } = refund;
  emitEvent(turn, 'refund.updated', turn.draft.put('refund', { ...rest, status: 'succeeded' }), refund);
}

function failRefund(turn: Turn, refund: Kinds['refund'], charge: StoredCharge): void {
  emitEvent(turn, 'refund.failed', takeBack(turn, refund, charge, { failure_reason: 'expired_or_canceled_card', status: 'failed' }));
}

/**
 * Calls a refund off whose receiver has not answered: https://docs.stripe.com/api/refunds/cancel
 *
 * @throws ApiFault 404 when there is none; 400 when it waits for nobody.
 */
export function cancelRefund(turn: Turn, id: string): Kinds['refund'] {
  const refund = turn.draft.get('refund', id);
  const charge = turn.draft.get('charge', refund?.charge ?? '');
  if (!refund || !charge) throw noSuchObject('refund', id);
  if (refund.status !== 'requires_action') throw badRequest(`You can only cancel refunds with a status of requires_action; this one is ${refund.status}.`);
  return takeBack(turn, refund, charge, { failure_reason: 'merchant_request', status: 'canceled' });
}

/** The money is the account's again. */
function takeBack(turn: Turn, refund: Kinds['refund'], charge: StoredCharge, end: Pick<Kinds['refund'], 'failure_reason' | 'status'>): Kinds['refund'] {
  const { id, amount, currency } = refund;
  const transaction = bookTransaction(turn, { source: id, type: 'refund_failure', amount, currency, description: 'REFUND FAILURE' });
  const { next_action: _over, ...rest } = refund;
  const ended = turn.draft.put('refund', { ...rest, ...end, failure_balance_transaction: transaction.id });
  turn.draft.put('charge', { ...charge, amount_refunded: charge.amount_refunded - amount, refunded: false });
  emitEvent(turn, 'refund.updated', ended, refund);
  return ended;
}
