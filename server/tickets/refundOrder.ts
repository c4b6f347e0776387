import type { OrderView } from '../../shared/contracts/tickets.js';
import { AppError } from '../../shared/failures.js';
import { accessOrder } from '../access/accessOrder.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Order, type OrderDocument } from '../models/order.js';
import { advance } from './settle/advance.js';
import { readPayment } from './settle/readPayment.js';
import { startRefund } from './settle/startRefund.js';
import { syncTicket } from './syncTicket.js';
import { viewOrder } from './tickets.views.js';

/**
 * Gives the whole price back. As soon as Stripe has accepted that, the right ends on every node and the seat is free. An
 * order on its way back already stays as it is; one whose refund is stuck is tried again.
 *
 * @throws order.not_found - there is none.
 * @throws order.wrong_state - nothing was paid.
 * @throws payment.unavailable - Stripe did not accept it; the ticket stays good. Should Stripe have done so after all, the
 *   timer finds it.
 */
export async function refundOrder(deps: Deps, actor: Actor, input: { orderId: string }): Promise<OrderView> {
  const order = await accessOrder(actor, input.orderId, 'manage');
  const isReturning = order.state === 'refunding' || order.state === 'refunded' || order.state === 'late';
  if (isReturning && !order.problem) return viewOrder(order);
  if (order.state !== 'paid' && !order.problem) throw new AppError('order.wrong_state', { state: order.state });
  return viewOrder(order.price.amount === 0 ? await takeBackFree(deps, order) : await giveMoneyBack(deps, order));
}

function takeBackFree(deps: Deps, order: OrderDocument): Promise<OrderDocument> {
  return advance(deps, order, 'refunded', { refundAskedAt: deps.now(), refundedAt: deps.now() });
}

async function giveMoneyBack(deps: Deps, order: OrderDocument): Promise<OrderDocument> {
  const payment = await readPayment(deps, order);
  if (!payment) throw new AppError('order.wrong_state', { state: order.state });
  // Noted before Stripe is asked: after a crash, or an answer that was lost, the timer asks Stripe what became of it.
  await Order.restUntil(order, deps.now());
  await startRefund(deps, order, payment);
  return syncTicket(deps, order._id);
}
