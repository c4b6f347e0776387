import type { Deps } from '../deps.js';
import { Order } from '../models/order.js';
import { WebhookEvent } from '../models/money/webhookEvent.js';
import type { Job } from '../platform/schedule.js';
import { runDueCancellations } from './cancelling/runCancellation.js';
import { handleWebhook, type WebhookFollower } from './handleWebhook.js';
import { sendDueLetters, type LetterWriters } from './mails/sendDueLetters.js';
import { syncTicket } from './syncTicket.js';

/** How many are taken in one go; what is left waits for the next. */
const handful = 200;
/** For how long one that is being looked at is kept from other nodes, in milliseconds. */
const leaseMs = 60_000;

/** What is looked at again and again: orders that are due (a hold is over, a step was cut off, a refund is on its way), and webhooks that failed. Who follows webhooks, and who writes which letter, is told by whoever puts the house together. */
export function ticketTimers(deps: Deps, { followers, writers }: { followers: readonly WebhookFollower[]; writers: LetterWriters }): Job[] {
  return [
    { name: 'orders', everyMs: 10_000, run: () => settleDueOrders(deps) },
    { name: 'cancellations', everyMs: 4_000, run: () => runDueCancellations(deps) },
    { name: 'letters', everyMs: 6_000, run: () => sendDueLetters(deps, writers) },
    { name: 'webhooks', everyMs: 15_000, run: () => handleDueWebhooks(deps, followers) },
  ];
}

/** Compares every order that is due with Stripe. One that fails is due again after the lease. */
export async function settleDueOrders(deps: Deps): Promise<void> {
  for (let left = handful; left > 0; left -= 1) {
    const now = deps.now();
    const order = await Order.takeDue(now, new Date(now.getTime() + leaseMs));
    if (!order) return;
    await syncTicket(deps, order._id).catch((error: unknown) => deps.log.error({ err: error, orderId: String(order._id) }, 'an order could not be settled; it is tried again'));
  }
}

/** Handles every webhook that is due. */
export async function handleDueWebhooks(deps: Deps, followers: readonly WebhookFollower[]): Promise<void> {
  for (let left = handful; left > 0; left -= 1) {
    const now = deps.now();
    const event = await WebhookEvent.takeDue(now, new Date(now.getTime() + leaseMs));
    if (!event) return;
    await handleWebhook(deps, followers, event);
  }
}
