/** Cards that customers keep: https://docs.stripe.com/api/payment_methods */
import { badRequest, cardDeclined, noSuchObject, noSuchReference } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { id as idParam, oneOf, params } from '../api/params.js';
import { changeCustomer } from '../objects/customers.js';
import type { StoredPaymentMethod } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { isTestCard, makeCard } from './testCards.js';

/** Gives a customer a card to keep. */
export function attachCard(turn: Turn, card: StoredPaymentMethod, customer: string): StoredPaymentMethod {
  const attached = turn.draft.put('payment_method', { ...card, customer });
  emitEvent(turn, 'payment_method.attached', attached, card);
  return attached;
}

/**
 * The customer's card of that id.
 *
 * @throws ApiFault 400 `resource_missing` when the customer holds no such card.
 */
export function cardOf({ draft }: Turn, id: string, customer: string, param: string): StoredPaymentMethod {
  const card = draft.get('payment_method', id);
  if (card?.customer !== customer) throw noSuchReference('PaymentMethod', id, param);
  return card;
}

/** The name of a test card makes a new card; any other id must be a card that nobody has held. */
function attach(turn: Turn, id: string, customerId: string): StoredPaymentMethod {
  if (!turn.draft.get('customer', customerId)) throw noSuchReference('customer', customerId, 'customer');
  if (id === 'pm_card_chargeDeclined') throw cardDeclined();
  const card = isTestCard(id) ? makeCard(turn, id, null) : turn.draft.get('payment_method', id);
  if (!card) throw noSuchObject('PaymentMethod', id);
  if (card.customer !== null) throw badRequest('The payment method you provided has already been attached to a customer.');
  return attachCard(turn, card, customerId);
}

function detach(turn: Turn, id: string): StoredPaymentMethod {
  const card = turn.draft.get('payment_method', id);
  if (!card) throw noSuchObject('PaymentMethod', id);
  if (card.customer === null) throw badRequest('The payment method you provided is not attached to a customer so detachment is impossible.');
  const customer = turn.draft.get('customer', card.customer);
  if (customer?.invoice_settings.default_payment_method === id)
    changeCustomer(turn, customer.id, { invoice_settings: { ...customer.invoice_settings, default_payment_method: null } });
  for (const subscription of turn.draft.walk('subscription', { where: { field: 'customer', value: card.customer } }))
    if (subscription.default_payment_method === id) turn.draft.put('subscription', { ...subscription, default_payment_method: null });
  const detached = turn.draft.put('payment_method', { ...card, customer: null });
  emitEvent(turn, 'payment_method.detached', detached, card);
  return detached;
}

/** The API's rows for payment methods. */
export const paymentMethodEndpoints: readonly Endpoint[] = [
  lists('payment_method', '/v1/payment_methods', {
    customer: sameText(idParam(), 'customer'),
    type: sameText(oneOf('card'), 'type'),
  }),
  reads('/v1/payment_methods/:id', params({}), ({ reader }, { id }) => {
    const card = reader.get('payment_method', id);
    if (!card) throw noSuchObject('PaymentMethod', id);
    return card;
  }),
  writes('post', '/v1/payment_methods/:id/attach', params({ customer: idParam() }), (turn, { id, params: given }) => attach(turn, id, given.customer)),
  writes('post', '/v1/payment_methods/:id/detach', params({}), (turn, { id }) => detach(turn, id)),
];
