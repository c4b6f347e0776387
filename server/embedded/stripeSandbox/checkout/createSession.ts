/** Opens a checkout session. */
import type Stripe from 'stripe';
import { badRequest, noSuchReference } from '../api/apiFault.js';
import { mergeMetadata } from '../api/params.js';
import type { StoredSession } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { drawUpBill, type Bill } from './sessionLines.js';
import type { NewSession } from './sessionParams.js';

const shortest = 30 * 60;
const longest = 24 * 60 * 60;

/**
 * Opens a session that can be paid until it expires.
 *
 * @throws ApiFault 400 for a mode other than `payment`, an `expires_at` outside 30 minutes to 24 hours,
 *   a customer that is not there or given twice over, or lines that make no bill.
 */
export function createSession(turn: Turn, given: NewSession): StoredSession {
  if (given.mode !== 'payment')
    throw badRequest(`The Stripe sandbox does not take mode '${given.mode}' yet; it takes 'payment'.`, { param: 'mode' });
  judgeCustomer(turn, given);
  const expiresAt = given.expires_at ?? turn.now + longest;
  judgeExpiry(turn.now, expiresAt);
  const bill = drawUpBill(turn, given.line_items ?? [], given.currency);

  const session = turn.draft.put('checkout.session', { ...blankSession(turn.now), ...fieldsFrom(given, bill), expires_at: expiresAt });
  const intent = given.payment_intent_data;
  turn.draft.put('checkout_plan', {
    id: session.id,
    object: 'checkout_plan',
    lines: bill.lines,
    paymentIntent: {
      description: intent?.description ?? null,
      metadata: mergeMetadata({}, intent?.metadata),
      receiptEmail: intent?.receipt_email ?? null,
      setupFutureUsage: intent?.setup_future_usage ?? null,
    },
  });
  turn.draft.schedule({ lane: 'expire_session', at: expiresAt * 1000, id: session.id, attempt: 0 });
  return session;
}

function judgeCustomer({ draft }: Turn, { customer, customer_email: email, customer_creation: creation }: NewSession): void {
  if (customer && email) throw badRequest('You may only specify one of these parameters: customer, customer_email.', { param: 'customer' });
  if (customer && creation)
    throw badRequest('You may only specify one of these parameters: customer, customer_creation.', { param: 'customer_creation' });
  if (customer && !draft.get('customer', customer)) throw noSuchReference('customer', customer, 'customer');
}

function judgeExpiry(now: number, expiresAt: number): void {
  if (expiresAt < now + shortest)
    throw badRequest('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', { param: 'expires_at' });
  if (expiresAt > now + longest)
    throw badRequest('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', { param: 'expires_at' });
}

function fieldsFrom(given: NewSession, { currency, total }: Bill) {
  return {
    amount_subtotal: total,
    amount_total: total,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    currency,
    customer: given.customer ?? null,
    customer_creation: given.customer ? null : (given.customer_creation ?? 'if_required'),
    customer_email: given.customer_email ?? null,
    locale: given.locale ?? null,
    metadata: mergeMetadata({}, given.metadata),
    payment_status: total === 0 ? ('no_payment_required' as const) : ('unpaid' as const),
    submit_type: given.submit_type ?? null,
    success_url: given.success_url,
  };
}

/** A session in payment mode with nothing filled in: the features which the sandbox does not have are off. */
function blankSession(now: number): StoredSession {
  const noText: Stripe.Checkout.Session.CustomText = {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  };
  return {
    id: newId('cs_test_', 58),
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: null,
    amount_total: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: null,
    client_reference_id: null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency: null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: noText,
    customer: null,
    customer_account: null,
    customer_creation: null,
    customer_details: null,
    customer_email: null,
    discounts: [],
    expires_at: now,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: null,
    managed_payments: null,
    metadata: {},
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: null,
    wallet_options: null,
  };
}
