/** The API's rows for customers: https://docs.stripe.com/api/customers */
import { z } from 'zod';
import { noSuchObject } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { clearable, email, id as idParam, mergeMetadata, metadata, params, text } from '../api/params.js';
import { deletedStub } from '../api/show.js';
import { cardOf } from '../cards/paymentMethods.js';
import type { Kinds } from '../store/kinds.js';
import { endAllOf } from '../subscriptions/endSubscription.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { createCustomer } from './customers.js';

const customerShape = {
  description: clearable(text(500)).optional(),
  email: clearable(email()).optional(),
  metadata: metadata().optional(),
  name: clearable(text(256)).optional(),
  phone: clearable(text(20)).optional(),
};

const newCustomerParams = params({ ...customerShape, test_clock: idParam().optional() });

const customerChangeParams = params({
  ...customerShape,
  invoice_settings: z.strictObject({ default_payment_method: clearable(idParam()).optional() }).optional(),
});

function updateCustomer(turn: Turn, id: string, given: z.infer<typeof customerChangeParams>): Kinds['customer'] {
  const before = turn.draft.get('customer', id);
  if (!before) throw noSuchObject('customer', id);
  const { expand: _, metadata: change, invoice_settings: settings, ...fields } = given;
  const card = settings?.default_payment_method;
  if (typeof card === 'string') cardOf(turn, card, id, 'invoice_settings[default_payment_method]');
  const customer = turn.draft.put('customer', {
    ...before,
    ...fields,
    invoice_settings: { ...before.invoice_settings, ...settings },
    metadata: mergeMetadata(before.metadata, change),
  });
  emitEvent(turn, 'customer.updated', customer, before);
  return customer;
}

function deleteCustomer(turn: Turn, id: string): object {
  const customer = turn.draft.get('customer', id);
  if (!customer) throw noSuchObject('customer', id);
  removeCustomer(turn, customer);
  return { id, object: 'customer', deleted: true };
}

/** Takes a customer away; their payments stay, their subscriptions end. */
export function removeCustomer(turn: Turn, customer: Kinds['customer']): void {
  endAllOf(turn, customer.id);
  turn.draft.remove('customer', customer.id);
  turn.draft.put('tombstone', { id: customer.id, object: 'tombstone', of: 'customer' });
  emitEvent(turn, 'customer.deleted', customer);
}

/** The API's rows for customers. */
export const customerEndpoints: readonly Endpoint[] = [
  writes('post', '/v1/customers', newCustomerParams, (turn, { params: given }) => createCustomer(turn, given)),
  lists('customer', '/v1/customers', { email: sameText(text(255), 'email'), test_clock: sameText(idParam(), 'test_clock') }),
  reads('/v1/customers/:id', params({}), (look, { id }) => {
    const customer = look.reader.get('customer', id) ?? deletedStub(look, id);
    if (!customer) throw noSuchObject('customer', id);
    return customer;
  }),
  writes('post', '/v1/customers/:id', customerChangeParams, (turn, { id, params: given }) => updateCustomer(turn, id, given)),
  writes('delete', '/v1/customers/:id', params({}), (turn, { id }) => deleteCustomer(turn, id)),
];
