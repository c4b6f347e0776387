import type { Deps } from '../../deps.js';
import type { OrderDocument } from '../../models/order.js';
import { syncTicket } from '../syncTicket.js';
import { advance } from '../settle/advance.js';
import { closeCheckout } from '../settle/closeCheckout.js';

/**
 * Lets an open order go: the checkout is expired first, then the seat. An order that was paid in between stays paid.
 *
 * @throws payment.unavailable - Stripe did not close the checkout; the order stays open.
 * @throws server.busy - as `syncTicket`.
 */
export async function letGo(deps: Deps, order: OrderDocument): Promise<OrderDocument> {
  if (!order.sessionId) return advance(deps, order, 'expired', {});
  await closeCheckout(deps, order);
  return syncTicket(deps, order._id);
}
