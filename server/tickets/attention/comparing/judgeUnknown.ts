import type Stripe from 'stripe';
import type { Deps } from '../../../deps.js';
import { Membership } from '../../../models/memberships/membership.js';
import { LedgerEntry } from '../../../models/money/ledgerEntry.js';
import { MoneyFinding, type FoundMoney } from '../../../models/money/moneyFinding.js';
import { Order } from '../../../models/order.js';
import { followHint, type Following } from '../../handleWebhook.js';
import type { MoneySubject } from '../../subjectOf.js';
import type { Comparing } from './comparing.js';

/**
 * Has everybody follow what has changed; and where Stripe has money, or charges somebody, of which the house knows nothing, notes that.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function followSubject({ deps, followers }: Pick<Comparing, 'deps' | 'followers'>, subject: MoneySubject): Promise<Following> {
  const outcome = await followHint(deps, followers, subject);
  const { subscriptionId, paymentId } = subject;
  if (subscriptionId && !(await isMembership(subscriptionId))) await judgeSubscription(deps, subscriptionId);
  if (paymentId && !(await isBooked(subject, paymentId))) await judgePayment(deps, paymentId);
  return outcome;
}

/** Looks again at what was unknown before: it may be known by now, or have gone back. */
export async function judgeStanding({ deps, count }: Comparing): Promise<void> {
  const [payments, subscriptions] = [await MoneyFinding.standing('unknown_payment'), await MoneyFinding.standing('unknown_subscription')];
  for (const { found } of [...subscriptions, ...payments]) {
    await judgeAgain(deps, found);
    await count('agreed');
  }
}

/** Whether what was found is still so; writes down what it has become. */
export async function judgeAgain(deps: Deps, found: FoundMoney): Promise<void> {
  if (found.kind === 'unknown_payment') await judgePayment(deps, found.paymentId);
  if (found.kind === 'unknown_subscription') await judgeSubscription(deps, found.subscriptionId);
}

const isMembership = async (subscriptionId: string): Promise<boolean> => (await Membership.exists({ subscriptionId })) !== null;

/** Whether the books have the payment, as far as that is known without asking Stripe. */
async function isBooked({ orderId }: MoneySubject, paymentId: string): Promise<boolean> {
  const order = await Order.findOne({ $or: [{ paymentId }, ...(orderId ? [{ _id: orderId, paymentId: null }] : [])] }, { _id: 1 }).lean();
  if (order && (await LedgerEntry.exists({ orderId: order._id, kind: 'charge' }))) return true;
  return (await Membership.exists({ 'booked.paymentId': paymentId })) !== null;
}

async function judgePayment(deps: Deps, paymentId: string): Promise<void> {
  const id = `payment:${paymentId}`;
  const intent = await deps.askStripe((stripe) => stripe.paymentIntents.retrieve(paymentId, { expand: ['latest_charge.balance_transaction', 'customer'] }), 'refused');
  const charge = intent && opened(intent.latest_charge);
  if (!intent || !charge?.paid || (await LedgerEntry.exists({ source: `charge:${charge.id}` }))) return MoneyFinding.forget(id);
  const left = charge.amount_captured - charge.amount_refunded;
  const customerId = idOf(intent.customer);
  // What was paid for a subscription that is unknown is told with that.
  const isOfUnknown = customerId !== null && (await MoneyFinding.exists({ 'found.kind': 'unknown_subscription', 'found.customerId': customerId, closedAt: null })) !== null;
  const email = charge.billing_details.email ?? intent.receipt_email ?? emailOf(intent.customer);
  const booked = typeof charge.balance_transaction === 'string' ? null : charge.balance_transaction;
  const fee = booked ? { fee: { amount: booked.fee, currency: booked.currency } } : {};
  const found: FoundMoney = { kind: 'unknown_payment', paymentId, customerId, amount: left, currency: charge.currency, ...fee, email };
  // What went back has left its fee behind: the books tell of it, and nobody need look at it.
  if (left === 0 || isOfUnknown) return MoneyFinding.keepClosed(id, found, deps.now());
  await MoneyFinding.report(id, found, deps.now());
}

/** In these nothing more is charged. */
const over: ReadonlySet<Stripe.Subscription.Status> = new Set(['canceled', 'incomplete', 'incomplete_expired']);

async function judgeSubscription(deps: Deps, subscriptionId: string): Promise<void> {
  const id = `subscription:${subscriptionId}`;
  const subscription = await deps.askStripe((stripe) => stripe.subscriptions.retrieve(subscriptionId, { expand: ['customer'] }), 'refused');
  if (!subscription || over.has(subscription.status) || (await isMembership(subscriptionId))) return MoneyFinding.close(id, deps.now());
  const amount = subscription.items.data.reduce((sum, { price, quantity }) => sum + (price.unit_amount ?? 0) * (quantity ?? 1), 0);
  const { currency, customer } = subscription;
  await MoneyFinding.report(id, { kind: 'unknown_subscription', subscriptionId, customerId: idOf(customer), amount, currency, email: emailOf(customer) }, deps.now());
}

type Customer = string | Stripe.Customer | Stripe.DeletedCustomer | null | undefined;

const idOf = (customer: Customer): string | null => (typeof customer === 'string' ? customer : (customer?.id ?? null));
const emailOf = (customer: Customer): string | null => (typeof customer === 'string' || !customer || customer.deleted ? null : customer.email);

/** A reference that was asked to be expanded; null where there is nothing behind it. */
const opened = (charge: string | Stripe.Charge | null): Stripe.Charge | null => (typeof charge === 'string' ? null : charge);
