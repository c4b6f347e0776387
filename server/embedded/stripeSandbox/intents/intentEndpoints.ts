/** The API's rows for payment intents that are made without a payment page: https://docs.stripe.com/api/payment_intents */
import { z } from 'zod';
import { leastCharge } from '../../../../shared/money.js';
import { badRequest, noSuchReference, type ApiFault } from '../api/apiFault.js';
import { writes, type Endpoint } from '../api/endpoint.js';
import { currency, flag, id as idParam, integer, list, mergeMetadata, metadata, oneOf, params, text } from '../api/params.js';
import { openIntent } from '../checkout/makeCharge.js';
import { maxAmount } from '../objects/prices.js';
import type { StoredPaymentIntent } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { confirmIntent, meansOf, unpaidIntent } from './confirmIntent.js';

const path = '/v1/payment_intents';

const confirmShape = {
  /** How the holder of an account has agreed to be debited. */
  mandate_data: z.strictObject({ customer_acceptance: z.strictObject({ type: oneOf('offline') }) }).optional(),
  off_session: flag().optional(),
  payment_method: idParam().optional(),
};

/** Which ways to pay there are must be said: the sandbox has no dashboard to choose them in. */
const newIntentParams = params({
  ...confirmShape,
  allowed_payment_method_types: list(oneOf('card', 'sepa_debit'), 2),
  amount: integer(1, maxAmount),
  confirm: flag().default(false),
  currency: currency(),
  customer: idParam().optional(),
  description: text(1000).optional(),
  metadata: metadata().optional(),
});

function createIntent(turn: Turn, given: z.infer<typeof newIntentParams>): StoredPaymentIntent | ApiFault {
  const { amount, confirm, customer = null, description = null, payment_method: method, allowed_payment_method_types: types } = given;
  if (amount < leastCharge(given.currency)) throw badRequest(`Amount must be at least ${leastCharge(given.currency)} (${given.currency}, in minor units).`, { code: 'amount_too_small', param: 'amount' });
  if (customer !== null && !turn.draft.get('customer', customer)) throw noSuchReference('customer', customer, 'customer');
  const opened = openIntent(turn, { amount, currency: given.currency, customer, description, metadata: mergeMetadata({}, given.metadata), receiptEmail: null, setupFutureUsage: null });
  const intent = turn.draft.put('payment_intent', { ...opened, allowed_payment_method_types: types, payment_method_types: types });
  if (confirm) return confirmIntent(turn, intent, given);
  if (method === undefined) return intent;
  return turn.draft.put('payment_intent', { ...intent, payment_method: meansOf(turn, method, intent).id, status: 'requires_confirmation' });
}

/** Calls a payment off that nobody has made yet. One of a checkout goes with its session. */
function cancelIntent(turn: Turn, id: string, reason: StoredPaymentIntent['cancellation_reason']): StoredPaymentIntent {
  const intent = unpaidIntent(turn, id, 'cancel');
  const [session] = turn.draft.walk('checkout.session', { where: { field: 'payment_intent', value: id } });
  if (session) throw badRequest('This PaymentIntent belongs to a Checkout Session. Expire the session instead.');
  const canceled = turn.draft.put('payment_intent', { ...intent, canceled_at: turn.now, cancellation_reason: reason, next_action: null, status: 'canceled' });
  emitEvent(turn, 'payment_intent.canceled', canceled);
  return canceled;
}

/** The rows. */
export const intentEndpoints: readonly Endpoint[] = [
  writes('post', path, newIntentParams, (turn, { params: given }) => createIntent(turn, given)),
  writes('post', `${path}/:id/confirm`, params(confirmShape), (turn, { id, params: given }) => confirmIntent(turn, unpaidIntent(turn, id, 'confirm'), given)),
  writes('post', `${path}/:id/cancel`, params({ cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer').optional() }), (turn, { id, params: given }) =>
    cancelIntent(turn, id, given.cancellation_reason ?? null),
  ),
];
