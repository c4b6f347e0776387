import type { Types } from 'mongoose';
import type { Deps } from '../deps.js';
import { Order } from '../models/order.js';
import { WebhookEvent } from '../models/money/webhookEvent.js';
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

/** Whether an event of this type tells of an order. */
export function isOurs(type: string): boolean {
  return ours.has(type);
}

/** What of a stored event is needed to handle it. */
export interface WebhookHint {
  _id: string;
  orderId: Types.ObjectId | string | null;
  paymentId: string | null;
}

/** Handles a stored event: its order is compared with Stripe. One that fails is put off, longer each time; nobody waits for it, so nothing is thrown. */
export async function handleWebhook(deps: Deps, { _id, orderId, paymentId }: WebhookHint): Promise<void> {
  try {
    const order = await findOrder(orderId, paymentId);
    if (order) await syncTicket(deps, order);
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
