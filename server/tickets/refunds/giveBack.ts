import { AppError } from '../../../shared/failures.js';
import type { Deps } from '../../deps.js';
import type { OrderDocument } from '../../models/order.js';
import { readPayment } from '../settle/readPayment.js';
import { syncTicket } from '../syncTicket.js';
import { noteRefund, type RefundWish } from './noteRefund.js';

/**
 * Notes a refund and has Stripe make it. As soon as Stripe has accepted one that does not leave the seat to its buyer, the
 * right ends on every node and the seat is free.
 *
 * @throws order.wrong_state - nothing was paid.
 * @throws refund.too_much - less is left.
 * @throws server.busy - other refunds of it kept being noted.
 * @throws payment.unavailable - Stripe does not answer. A refund that was noted by then is made as soon as it does; until
 *   then the ticket stays good.
 */
export async function giveBack(deps: Deps, order: OrderDocument, wish: RefundWish): Promise<OrderDocument> {
  const payment = await readPayment(deps, order);
  const isFree = order.price.amount === 0 && order.paidAt !== null;
  if (!isFree && !payment?.charge) throw new AppError('order.wrong_state', { state: order.state });
  await noteRefund(deps, order, payment, wish);
  return syncTicket(deps, order._id);
}
