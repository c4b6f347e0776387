/** Customers: https://docs.stripe.com/api/customers */
import { badRequest, noSuchObject, noSuchReference } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { clearable, email, id as idParam, mergeMetadata, metadata, params, text } from '../api/params.js';
import { deletedStub } from '../api/show.js';
import type { Kinds, StoredTestClock } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';

const customerShape = {
  description: clearable(text(500)).optional(),
  email: clearable(email()).optional(),
  metadata: metadata().optional(),
  name: clearable(text(256)).optional(),
  phone: clearable(text(20)).optional(),
};

/** Stripe's own limit. */
const mostOnOneClock = 3;

/** What is known of a new customer; everything may be left out. */
export interface NewCustomer {
  description?: string | null;
  email?: string | null;
  metadata?: Record<string, string> | null;
  name?: string | null;
  phone?: string | null;
  test_clock?: string;
}

/**
 * Makes a customer, in the time of their test clock if they are given one.
 *
 * @throws ApiFault 400 when there is no such clock, or three live by it already.
 */
export function createCustomer(turn: Turn, given: NewCustomer): Kinds['customer'] {
  const clock = given.test_clock === undefined ? undefined : clockFor(turn, given.test_clock);
  const customer = turn.draft.put('customer', {
    id: newId('cus_', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: clock?.frozen_time ?? turn.now,
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
    test_clock: clock?.id ?? null,
  });
  emitEvent(turn, 'customer.created', customer);
  return customer;
}

function clockFor({ draft }: Turn, id: string): StoredTestClock {
  const clock = draft.get('test_helpers.test_clock', id);
  if (!clock) throw noSuchReference('test clock', id, 'test_clock');
  if ([...draft.walk('customer', { where: { field: 'test_clock', value: id } })].length >= mostOnOneClock)
    throw badRequest(`At most ${mostOnOneClock} customers can be attached to a test clock.`, { param: 'test_clock' });
  return clock;
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
  removeCustomer(turn, customer);
  return { id, object: 'customer', deleted: true };
}

/** Takes a customer away; their payments stay. */
export function removeCustomer(turn: Turn, customer: Kinds['customer']): void {
  turn.draft.remove('customer', customer.id);
  turn.draft.put('tombstone', { id: customer.id, object: 'tombstone', of: 'customer' });
  emitEvent(turn, 'customer.deleted', customer);
}

/** The API's rows for customers. */
export const customerEndpoints: readonly Endpoint[] = [
  writes('post', '/v1/customers', params({ ...customerShape, test_clock: idParam().optional() }), (turn, { params: given }) => createCustomer(turn, given)),
  lists('customer', '/v1/customers', { email: sameText(text(255), 'email'), test_clock: sameText(idParam(), 'test_clock') }),
  reads('/v1/customers/:id', params({}), (look, { id }) => {
    const customer = look.reader.get('customer', id) ?? deletedStub(look, id);
    if (!customer) throw noSuchObject('customer', id);
    return customer;
  }),
  writes('post', '/v1/customers/:id', params(customerShape), (turn, { id, params: given }) => updateCustomer(turn, id, given)),
  writes('delete', '/v1/customers/:id', params({}), (turn, { id }) => deleteCustomer(turn, id)),
];
