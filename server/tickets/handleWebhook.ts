import type { Types } from 'mongoose';
import type { Deps } from '../deps.js';
import { Order } from '../models/order.js';
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

/** Who looks after events of some types; an event may be looked after by several. */
export interface WebhookFollower {
  types: ReadonlySet<string>;
  /** Compares what the event is about, if it is theirs, with Stripe; may be done again. */
  follow(deps: Deps, hint: WebhookHint): Promise<void>;
}

/** Orders follow what tells of them. */
export const orderWebhooks: WebhookFollower = {
  types: ours,
  async follow(deps, { orderId, paymentId }) {
    const order = await findOrder(orderId, paymentId);
    if (order) await syncTicket(deps, order);
  },
};

/** Whether somebody looks after events of this type. */
export function isFollowed(followers: readonly WebhookFollower[], type: string): boolean {
  return followers.some(({ types }) => types.has(type));
}

/** Handles a stored event: whoever follows it asks Stripe. One that fails is put off, longer each time; nobody waits for it, so nothing is thrown. */
export async function handleWebhook(deps: Deps, followers: readonly WebhookFollower[], hint: WebhookHint): Promise<void> {
  const { _id, type } = hint;
  try {
    for (const follower of followers) if (follower.types.has(type)) await follower.follow(deps, hint);
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
