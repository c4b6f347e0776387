/** A session in `subscription` mode: https://docs.stripe.com/payments/checkout/build-subscriptions */
import { badRequest } from '../api/apiFault.js';
import { mergeMetadata } from '../api/params.js';
import { attachCard } from '../cards/paymentMethods.js';
import { makeCard } from '../cards/testCards.js';
import { inTimeOf } from '../clocks/clockTime.js';
import type { Discount } from '../discounts/chooseDiscount.js';
import { preparePayment } from '../invoices/payInvoice.js';
import type { CheckoutPlan, StoredSession, SubscriptionPlan } from '../store/kinds.js';
import { beginSubscription, trialEndOf } from '../subscriptions/createSubscription.js';
import { settleInvoice } from '../subscriptions/settleInvoice.js';
import type { Turn } from '../turn.js';
import { chargeCard, openIntent, type Payer } from './makeCharge.js';
import type { NewSession } from './sessionParams.js';

const shortestTrial = 48 * 60 * 60;

/** How the card's bank answers; one may approve and dispute it later. */
type CardAnswer = 'approved' | 'declined' | 'disputes it';

/** Whether the payment page asks for a card: a trial may begin without one. */
export function asksForCard({ mode, amount_total: total, payment_method_collection: collection }: StoredSession): boolean {
  return (total ?? 0) > 0 || (mode === 'subscription' && collection === 'always');
}

/**
 * What the subscription is to be; `null` in another mode.
 *
 * @throws ApiFault 400 when there is a plan in another mode, or the trial's end is less than two days off or given twice over.
 */
export function planSubscription(turn: Turn, { mode, customer, subscription_data: data }: NewSession): SubscriptionPlan | null {
  if (mode !== 'subscription') {
    if (data) throw badRequest('You can not pass `subscription_data` in `payment` mode.', { param: 'subscription_data' });
    return null;
  }
  const param = 'subscription_data[trial_end]';
  if (data?.trial_end !== undefined && data.trial_period_days !== undefined)
    throw badRequest('You may only specify one of these parameters: trial_end, trial_period_days.', { param });
  if (data?.trial_end !== undefined && data.trial_end < inTimeOf(turn, customer ?? null).now + shortestTrial)
    throw badRequest('The `trial_end` date has to be at least 2 days in the future.', { param });
  return {
    description: data?.description ?? null,
    metadata: mergeMetadata({}, data?.metadata),
    trialDays: data?.trial_period_days ?? 0,
    trialEnd: data?.trial_end ?? null,
    missingPaymentMethod: data?.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
    intent: null,
  };
}

/** The session with its subscription, begun and paid; `null` when the card was declined. */
export function tryToSubscribe(turn: Turn, session: StoredSession, plan: CheckoutPlan, payer: Payer, answer: CardAnswer): StoredSession | null {
  if (answer === 'declined') return noteDecline(turn, session, plan, payer);
  const customer = session.customer ?? '';
  const time = inTimeOf(turn, customer);
  const card = asksForCard(session) ? attachCard(time, makeCard(time, answer === 'disputes it' ? 'pm_card_createDispute' : 'pm_card_visa', payer.email), customer) : null;
  const wanted = plan.subscription;
  const { subscription, invoice } = beginSubscription(time, {
    customer,
    items: plan.lines.map(({ price, quantity }) => ({ price, quantity: quantity ?? 1 })),
    trialEnd: trialEndOf(time, wanted?.trialEnd, wanted?.trialDays),
    missingPaymentMethod: wanted?.missingPaymentMethod ?? 'create_invoice',
    defaultPaymentMethod: card?.id ?? null,
    description: wanted?.description ?? null,
    metadata: wanted?.metadata ?? {},
    discount: discountOf(turn, session),
    checkoutSession: session.id,
  });
  const declined = turn.draft.get('payment_intent', wanted?.intent ?? '');
  if (declined && invoice.amount_due > 0)
    preparePayment(time, invoice, turn.draft.put('payment_intent', { ...declined, amount: invoice.amount_due, customer }));
  settleInvoice(time, invoice);
  return {
    ...session,
    invoice: invoice.id,
    payment_status: session.payment_status === 'unpaid' ? 'paid' : session.payment_status,
    subscription: subscription.id,
  };
}

/** A declined card begins nothing; the next attempt uses its intent. */
function noteDecline(turn: Turn, session: StoredSession, plan: CheckoutPlan, payer: Payer): null {
  const amount = session.amount_total ?? 0;
  if (amount === 0 || !plan.subscription) return null;
  const intent = turn.draft.get('payment_intent', plan.subscription.intent ?? '') ?? openIntent(turn, {
    amount,
    currency: session.currency ?? '',
    customer: session.customer,
    description: 'Subscription creation',
    metadata: {},
    receiptEmail: null,
    setupFutureUsage: 'off_session',
  });
  chargeCard(turn, { ...intent, amount }, payer, makeCard(turn, 'pm_card_chargeDeclined', payer.email));
  turn.draft.put('checkout_plan', { ...plan, subscription: { ...plan.subscription, intent: intent.id } });
  return null;
}

function discountOf({ draft }: Turn, { discounts }: StoredSession): Discount | null {
  const [wanted] = discounts ?? [];
  const coupon = draft.get('coupon', String(wanted?.coupon ?? ''));
  return coupon ? { coupon, promotionCode: draft.get('promotion_code', String(wanted?.promotion_code ?? '')) ?? null } : null;
}
