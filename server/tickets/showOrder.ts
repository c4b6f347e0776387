import type { OrderView } from '../../shared/contracts/tickets.js';
import { AppError } from '../../shared/failures.js';
import { accessOrder } from '../access/accessOrder.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { syncTicket } from './syncTicket.js';
import { viewOrder } from './tickets.views.js';

/**
 * An order of the actor's own, as it truly is: one that waits for its money is first compared with Stripe, so that whoever comes back from
 * the checkout sees what happened there. While Stripe does not answer, what is known is shown.
 *
 * @throws order.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws server.busy - as `syncTicket`.
 */
export async function showOrder(deps: Deps, actor: Actor, input: { orderId: string }): Promise<OrderView> {
  const order = await accessOrder(actor, input.orderId, 'own');
  const isWaiting = order.state === 'open' || order.state === 'awaiting';
  if (!isWaiting || !order.sessionId) return viewOrder(order);
  const settled = await syncTicket(deps, order._id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'payment.unavailable') return order;
    throw error;
  });
  return viewOrder(settled);
}
