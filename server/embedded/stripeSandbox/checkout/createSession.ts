/** Opens a checkout session. */
import { badRequest, noSuchReference } from '../api/apiFault.js';
import { mergeMetadata } from '../api/params.js';
import type { StoredLineItem, StoredSession } from '../store/kinds.js';
import { chooseDiscount, type Discount } from '../discounts/chooseDiscount.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { blankSession } from './blanks.js';
import { priced } from './priced.js';
import { drawUpBill, judgeTotal, type Bill } from './sessionLines.js';
import type { NewSession } from './sessionParams.js';
import { planSubscription } from './subscribe.js';

const shortest = 30 * 60;
const longest = 24 * 60 * 60;

/**
 * Opens a session that can be paid until it expires.
 *
 * @throws ApiFault 400 for the mode `setup`, what does not belong to the mode, an `expires_at` outside 30 minutes to 24 hours,
 *   a customer that is not there or given twice over, or lines that make no bill.
 */
export function createSession(turn: Turn, given: NewSession): StoredSession {
  if (given.mode === 'setup')
    throw badRequest("The Stripe sandbox does not take mode 'setup' yet; it takes 'payment' and 'subscription'.", { param: 'mode' });
  judgeCustomer(turn, given);
  judgeMode(given);
  const subscription = planSubscription(turn, given);
  const expiresAt = expiryOf(turn, given);
  const bill = drawUpBill(turn, given);
  const discount = discountFor(turn, given, bill);
  const isTrial = subscription !== null && (subscription.trialDays > 0 || subscription.trialEnd !== null);
  const { lines, ...price } = priced(isTrial ? bill.lines.map(free) : bill.lines, discount);
  judgeTotal(price.amount_total, bill.currency);

  const session = turn.draft.put('checkout.session', {
    ...blankSession,
    ...fieldsFrom(given),
    ...price,
    currency: bill.currency,
    id: newId('cs_test_', 58),
    created: turn.now,
    expires_at: expiresAt,
  });
  const intent = given.payment_intent_data;
  turn.draft.put('checkout_plan', {
    id: session.id,
    object: 'checkout_plan',
    lines,
    paymentIntent: {
      description: intent?.description ?? null,
      metadata: mergeMetadata({}, intent?.metadata),
      receiptEmail: intent?.receipt_email ?? null,
      setupFutureUsage: intent?.setup_future_usage ?? null,
    },
    subscription,
  });
  turn.draft.schedule({ lane: 'expire_session', at: expiresAt * 1000, id: session.id, attempt: 0 });
  return session;
}

function discountFor(turn: Turn, { discounts, allow_promotion_codes: mayWrite, customer }: NewSession, { currency, subtotal }: Bill): Discount | null {
  const [wanted] = discounts ?? [];
  if (!wanted) return null;
  if (mayWrite !== undefined)
    throw badRequest('You may only specify one of these parameters: allow_promotion_codes, discounts.', { param: 'discounts' });
  return chooseDiscount(turn, wanted, { customer: customer ?? null, currency, subtotal }, 'discounts[0]');
}

function judgeCustomer({ draft }: Turn, { customer, customer_email: email, customer_creation: creation }: NewSession): void {
  if (customer && email) throw badRequest('You may only specify one of these parameters: customer, customer_email.', { param: 'customer' });
  if (customer && creation)
    throw badRequest('You may only specify one of these parameters: customer, customer_creation.', { param: 'customer_creation' });
  if (customer && !draft.get('customer', customer)) throw noSuchReference('customer', customer, 'customer');
}

function judgeMode({ mode, customer_creation: creation, payment_intent_data: intent, payment_method_collection: collection }: NewSession): void {
  const [isGiven, param] = mode === 'payment' ? [collection, 'payment_method_collection'] : creation ? [creation, 'customer_creation'] : [intent, 'payment_intent_data'];
  if (isGiven) throw badRequest(`You can not pass \`${param}\` in \`${mode}\` mode.`, { param });
}

/** In its trial a line costs nothing. */
const free = (line: StoredLineItem): StoredLineItem => ({ ...line, amount_subtotal: 0, amount_total: 0 });

/**
 * When the session expires. A caller goes by the world's clock, and cannot know that this one was set forward: what would be
 * too early by it is taken as meant.
 */
function expiryOf({ now, ahead }: Turn, { expires_at: wanted = now + longest }: NewSession): number {
  const expiresAt = wanted < now + shortest ? wanted + ahead : wanted;
  judgeExpiry(now, expiresAt);
  return expiresAt;
}

function judgeExpiry(now: number, expiresAt: number): void {
  if (expiresAt < now + shortest)
    throw badRequest('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', { param: 'expires_at' });
  if (expiresAt > now + longest)
    throw badRequest('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', { param: 'expires_at' });
}

function fieldsFrom(given: NewSession) {
  return {
    allow_promotion_codes: given.allow_promotion_codes ?? null,
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    customer: given.customer ?? null,
    customer_creation: given.customer ? null : given.mode === 'subscription' ? ('always' as const) : (given.customer_creation ?? 'if_required'),
    customer_email: given.customer_email ?? null,
    locale: given.locale ?? null,
    metadata: mergeMetadata({}, given.metadata),
    mode: given.mode,
    payment_method_collection: given.mode === 'subscription' ? (given.payment_method_collection ?? 'always') : null,
    submit_type: given.submit_type ?? null,
    success_url: given.success_url,
  };
}
