import type { Types } from 'mongoose';
import type { Deps } from '../deps.js';
import { Order } from '../models/order.js';
import { LedgerEntry } from '../models/money/ledgerEntry.js';
import { MoneyFinding } from '../models/money/moneyFinding.js';
import { WebhookEvent, type WebhookHint } from '../models/money/webhookEvent.js';
import { syncTicket } from './syncTicket.js';

/** The events after which an order is compared with Stripe. All others of a payment come beside one of these. */
const ours = new Set([
  'checkout.session.completed',
  'checkout.session.expired',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'charge.dispute.closed',
  'charge.dispute.created',
  'charge.dispute.funds_reinstated',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.updated',
  'charge.refunded',
  'charge.updated',
  'refund.created',
  'refund.updated',
  'refund.failed',
]);

const firstDelayMs = 30_000;
const longestDelayMs = 60 * 60_000;

/** What an event points to, or what else was found to have changed. */
export type MoneyHint = Pick<WebhookHint, 'orderId' | 'paymentId' | 'customerId'>;

/** `agreed`: what the house knows is what Stripe says. `mended`: it is now. `unknown`: it is about nothing of the follower's, or nothing yet. */
export type Following = 'agreed' | 'mended' | 'unknown';

/** Who looks after events of some types; an event may be looked after by several. */
export interface WebhookFollower {
  types: ReadonlySet<string>;
  /** Compares what is pointed to, if it is theirs, with Stripe; may be done again. */
  follow(deps: Deps, hint: MoneyHint): Promise<Following>;
}

/** Orders follow what tells of them. */
export const orderWebhooks: WebhookFollower = {
  types: ours,
  async follow(deps, { orderId, paymentId }) {
    const order = await findOrder(orderId, paymentId);
    if (!order) return 'unknown';
    const before = await traceOf(order);
    await syncTicket(deps, order);
    return (await traceOf(order)) === before ? 'agreed' : 'mended';
  },
};

/** What tells whether anything came of comparing an order: where it stands, and how much of it is in the books. */
async function traceOf(orderId: Types.ObjectId): Promise<string> {
  const [order, lines] = await Promise.all([Order.findById(orderId).orFail().lean(), LedgerEntry.countDocuments({ orderId })]);
  const { state, paymentId, problem, dispute, refunds, returned, refundAsks } = order;
  return JSON.stringify([state, paymentId, problem?.kind, dispute, refunds, returned, refundAsks, lines]);
}

/** What these tell of has moved no money: an order or a customer they name may be gone for good, and nothing is lost by that. */
const moneyless = new Set(['checkout.session.expired', 'checkout.session.async_payment_failed', 'customer.updated', 'customer.subscription.deleted', 'invoice.payment_failed', 'invoice.voided']);

/**
 * Has everybody follow a hint.
 *
 * @returns `unknown` where it is about nothing that anybody knows.
 */
export async function followHint(deps: Deps, followers: readonly WebhookFollower[], hint: MoneyHint): Promise<Following> {
  let outcome: Following = 'unknown';
  for (const follower of followers) {
    const found = await follower.follow(deps, hint);
    if (found === 'mended' || outcome === 'unknown') outcome = found;
  }
  return outcome;
}

/** Whether somebody looks after events of this type. */
export function isFollowed(followers: readonly WebhookFollower[], type: string): boolean {
  return followers.some(({ types }) => types.has(type));
}

/**
 * Handles a stored event: whoever follows it asks Stripe. One that fails is put off, longer each time, and so is one about money that nobody
 * knows yet: it may be early. It is done with once a comparison has found that money to be nobody's. Nobody waits for it, so nothing is thrown.
 */
export async function handleWebhook(deps: Deps, followers: readonly WebhookFollower[], hint: WebhookHint): Promise<void> {
  const { _id, type } = hint;
  try {
    const outcome = await followHint(deps, followers.filter(({ types }) => types.has(type)), hint);
    if (outcome === 'unknown' && !moneyless.has(type) && !(await MoneyFinding.hasUnknown(hint))) return await WebhookEvent.putOff(_id, deps.now(), firstDelayMs, longestDelayMs);
    await WebhookEvent.updateOne({ _id }, { $set: { handledAt: deps.now(), nextTryAt: null } });
  } catch (error) {
    deps.log.warn({ err: error, event: _id }, 'a webhook was not handled; it is tried again');
    // Where the store is away too, the event is due as it was stored.
    await WebhookEvent.putOff(_id, deps.now(), firstDelayMs, longestDelayMs).catch(() => undefined);
  }
}

async function findOrder(orderId: WebhookHint['orderId'], paymentId: string | null): Promise<Types.ObjectId | null> {
  const order = (orderId && (await Order.findById(orderId, { _id: 1 }).lean())) || (paymentId && (await Order.findOne({ paymentId }, { _id: 1 }).lean()));
  return order ? order._id : null;
}
