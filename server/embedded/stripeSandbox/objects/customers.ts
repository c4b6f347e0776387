/** Customers: https://docs.stripe.com/api/customers */
import { badRequest, noSuchReference } from '../api/apiFault.js';
import { mergeMetadata } from '../api/params.js';
import type { Kinds, StoredTestClock } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';

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

/** Changes a customer and tells of it. */
export function changeCustomer(turn: Turn, id: string, change: Partial<Kinds['customer']>): void {
  const before = turn.draft.get('customer', id);
  if (before) emitEvent(turn, 'customer.updated', turn.draft.put('customer', { ...before, ...change }), before);
}

function clockFor({ draft }: Turn, id: string): StoredTestClock {
  const clock = draft.get('test_helpers.test_clock', id);
  if (!clock) throw noSuchReference('test clock', id, 'test_clock');
  if ([...draft.walk('customer', { where: { field: 'test_clock', value: id } })].length >= mostOnOneClock)
    throw badRequest(`At most ${mostOnOneClock} customers can be attached to a test clock.`, { param: 'test_clock' });
  return clock;
}
