/** Refunds: https://docs.stripe.com/api/refunds. Money goes back to a card at once, but for the test cards that have it otherwise. */
import type { z } from 'zod';
import { badRequest, noSuchObject, noSuchReference } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { id as idParam, integer, mergeMetadata, metadata, oneOf, params } from '../api/params.js';
import type { Kinds, StoredCharge } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { disputeOf } from '../disputes/openDispute.js';
import { bookTransaction } from './money.js';
import { maxAmount } from './prices.js';
import { asking, beginsPending, cancelRefund, planOutcome } from './refundOutcome.js';

const refundParams = params({
  amount: integer(1, maxAmount).optional(),
  charge: idParam().optional(),
  metadata: metadata().optional(),
  payment_intent: idParam().optional(),
  reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer').optional(),
});

/**
 * Gives a charge back, in full or in part.
 *
 * @throws ApiFault 400 `charge_already_refunded` when nothing is left of it, `charge_disputed` when its bank has taken it back,
 *   or when more is asked than is left.
 */
function createRefund(turn: Turn, given: z.infer<typeof refundParams>): Kinds['refund'] {
  const charge = chargeToRefund(turn, given);
  const amount = amountToRefund(charge, given.amount);
  const refund = turn.draft.put('refund', newRefund(turn, charge, amount, given));
  const givenBack = charge.amount_refunded + amount;
  const refunded = turn.draft.put('charge', { ...charge, amount_refunded: givenBack, refunded: givenBack === charge.amount });
  planOutcome(turn, charge, refund);
  emitEvent(turn, 'refund.created', refund);
  emitEvent(turn, 'charge.refunded', refunded, charge);
  return refund;
}

function amountToRefund(charge: StoredCharge, asked: number | undefined): number {
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) throw badRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  if (asked !== undefined && asked > left)
    throw badRequest(`Refund amount (${asked}) is greater than unrefunded amount on charge (${left}), in minor units of ${charge.currency}`, {
      param: 'amount',
    });
  return asked ?? left;
}

function newRefund(turn: Turn, charge: StoredCharge, amount: number, given: z.infer<typeof refundParams>): Kinds['refund'] {
  const id = newId('re_');
  const transaction = bookTransaction(turn, {
    source: id,
    type: 'refund',
    amount: -amount,
    currency: charge.currency,
    description: charge.description === null ? 'REFUND FOR CHARGE' : `REFUND FOR CHARGE (${charge.description})`,
  });
  return {
    id,
    object: 'refund',
    amount,
    balance_transaction: transaction.id,
    charge: charge.id,
    created: turn.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    ...destinationOf(charge),
    metadata: mergeMetadata({}, given.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: given.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    transfer_reversal: null,
    ...(turn.faults.takeAsking() ? asking(turn, charge.billing_details.email) : { status: beginsPending(charge) ? 'pending' : 'succeeded' }),
  };
}

/** Where it goes, and why it is not there yet. */
function destinationOf(charge: StoredCharge): Pick<Kinds['refund'], 'destination_details' | 'pending_reason'> {
  const isCard = charge.payment_method_details?.type === 'card';
  return {
    destination_details: isCard ? { card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' }, type: 'card' } : { type: charge.payment_method_details?.type ?? '' },
    ...(beginsPending(charge) && { pending_reason: 'processing' }),
  };
}

function chargeToRefund({ draft }: Turn, { charge: chargeId, payment_intent: intentId }: z.infer<typeof refundParams>): StoredCharge {
  if (!chargeId && !intentId)
    throw badRequest('One of the following params should be provided for this request: payment_intent or charge.', {
      code: 'parameter_missing',
      param: 'payment_intent',
    });
  const intent = intentId === undefined ? undefined : draft.get('payment_intent', intentId);
  if (intentId && !intent) throw noSuchReference('payment_intent', intentId, 'payment_intent');
  const charge = draft.get('charge', chargeId ?? intent?.latest_charge ?? '');
  if (chargeId && !charge) throw noSuchReference('charge', chargeId, 'charge');
  if (charge && intentId && charge.payment_intent !== intentId)
    throw badRequest(`The charge ${charge.id} does not belong to the PaymentIntent ${intentId}.`, { param: 'charge' });
  if (charge?.status !== 'succeeded')
    throw badRequest(`This PaymentIntent (${intentId ?? charge?.payment_intent}) does not have a successful charge to refund.`, {
      param: intentId ? 'payment_intent' : 'charge',
    });
  const dispute = disputeOf({ draft }, charge.id);
  if (dispute && dispute.status !== 'won') throw badRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
  return charge;
}

/** The API's rows for refunds. */
export const refundEndpoints: readonly Endpoint[] = [
  writes('post', '/v1/refunds', refundParams, (turn, { params: given }) => createRefund(turn, given)),
  writes('post', '/v1/refunds/:id/cancel', params({}), (turn, { id }) => cancelRefund(turn, id)),
  lists('refund', '/v1/refunds', { charge: sameText(idParam(), 'charge'), payment_intent: sameText(idParam(), 'payment_intent') }),
  reads('/v1/refunds/:id', params({}), ({ reader }, { id }) => {
    const refund = reader.get('refund', id);
    if (!refund) throw noSuchObject('refund', id);
    return refund;
  }),
];
