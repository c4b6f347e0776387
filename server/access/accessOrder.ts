/** The only way to an order: a stranger's looks as if it were not there. */
import { AppError } from '../../shared/failures.js';
import { Order, type OrderDocument } from '../models/order.js';
import type { Actor } from './actor.js';

/**
 * The order, if it is this actor's `own`, or if the actor may `manage` all orders.
 *
 * @throws order.not_found - absent, or not this actor's; the two look alike on purpose.
 */
export async function accessOrder(actor: Actor, orderId: string, right: 'own' | 'manage'): Promise<OrderDocument> {
  const order = await Order.findById(orderId).lean();
  const isAllowed = right === 'manage' ? actor.role === 'organizer' : String(order?.memberId) === actor.memberId;
  if (!order || !isAllowed) throw new AppError('order.not_found');
  return order;
}
