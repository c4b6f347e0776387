import type { OrderView } from '../../shared/contracts/tickets.js';
import type { Actor } from '../access/actor.js';
import { Order } from '../models/order.js';
import { viewOrder } from './tickets.views.js';

/** The actor's own orders, newest first. */
export async function listMyOrders(actor: Actor): Promise<OrderView[]> {
  const orders = await Order.find({ memberId: actor.memberId }).sort({ createdAt: -1, _id: -1 }).lean();
  return orders.map(viewOrder);
}
