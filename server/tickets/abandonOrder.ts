import type { OrderView } from '../../shared/contracts/tickets.js';
import { accessOrder } from '../access/accessOrder.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { letGo } from './selling/letGo.js';
import { viewOrder } from './tickets.views.js';

/**
 * Lets a seat go that the buyer does not want to pay for: the checkout is expired first, then the seat let go. An order that
 * was paid in between stays paid, and one that is closed already stays as it is.
 *
 * @throws order.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws payment.unavailable - Stripe did not close the checkout; the order stays open.
 * @throws server.busy - as `syncTicket`.
 */
export async function abandonOrder(deps: Deps, actor: Actor, input: { orderId: string }): Promise<OrderView> {
  const order = await accessOrder(actor, input.orderId, 'own');
  return viewOrder(order.state === 'open' ? await letGo(deps, order) : order);
}
