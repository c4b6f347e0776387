/** Customers: https://docs.stripe.com/api/customers */
import { noSuchObject } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { clearable, email, mergeMetadata, metadata, params, text } from '../api/params.js';
import { deletedStub } from '../api/show.js';
import type { Kinds } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';

const customerParams = params({
  description: clearable(text(500)).optional(),
  email: clearable(email()).optional(),
  metadata: metadata().optional(),
  name: clearable(text(256)).optional(),
  phone: clearable(text(20)).optional(),
});

/** What is known of a new customer; everything may be left out. */
export interface NewCustomer {
  description?: string | null;
  email?: string | null;
  metadata?: Record<string, string> | null;
  name?: string | null;
  phone?: string | null;
}

/** Makes a customer. */
export function createCustomer(turn: Turn, given: NewCustomer): Kinds['customer'] {
  const customer = turn.draft.put('customer', {
    id: newId('cus_', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: turn.now,
    currency: null,
    default_source: null,
    delinquent: false,
    description: given.description ?? null,
    email: given.email ?? null,
    invoice_prefix: newId('', 8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: mergeMetadata({}, given.metadata),
    name: given.name ?? null,
    next_invoice_sequence: 1,
    phone: given.phone ?? null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  });
  emitEvent(turn, 'customer.created', customer);
  return customer;
}

function updateCustomer(turn: Turn, id: string, { metadata: change, ...given }: NewCustomer & { expand?: string[] }): Kinds['customer'] {
  const before = turn.draft.get('customer', id);
  if (!before) throw noSuchObject('customer', id);
  const { expand: _, ...fields } = given;
  const customer = turn.draft.put('customer', { ...before, ...fields, metadata: mergeMetadata(before.metadata, change) });
  emitEvent(turn, 'customer.updated', customer, before);
  return customer;
}

function deleteCustomer(turn: Turn, id: string): object {
  const customer = turn.draft.get('customer', id);
  if (!customer) throw noSuchObject('customer', id);
  turn.draft.remove('customer', id);
  turn.draft.put('tombstone', { id, object: 'tombstone', of: 'customer' });
  emitEvent(turn, 'customer.deleted', customer);
  return { id, object: 'customer', deleted: true };
}

/** The API's rows for customers. */
export const customerEndpoints: readonly Endpoint[] = [
  writes('post', '/v1/customers', customerParams, (turn, { params: given }) => createCustomer(turn, given)),
  lists('customer', '/v1/customers', { email: sameText(text(255), 'email') }),
  reads('/v1/customers/:id', params({}), (look, { id }) => {
    const customer = look.reader.get('customer', id) ?? deletedStub(look, id);
    if (!customer) throw noSuchObject('customer', id);
    return customer;
  }),
  writes('post', '/v1/customers/:id', customerParams, (turn, { id, params: given }) => updateCustomer(turn, id, given)),
  writes('delete', '/v1/customers/:id', params({}), (turn, { id }) => deleteCustomer(turn, id)),
];
