import { AppError } from '../../../shared/failures.js';
import type { Deps } from '../../deps.js';
import { Order, whyOf, type OrderDocument } from '../../models/order.js';
import { Seats, type SeatAnswer } from '../../models/seats.js';
import { openCheckout } from '../settle/openCheckout.js';
import { syncTicket } from '../syncTicket.js';
import { tellOrder } from '../tellOrder.js';
import type { Choice } from './chooseTicket.js';
import { claimOf } from './claimOf.js';
import { withTimeToPay } from './openOrder.js';

/**
 * Holds what an order needs and opens its checkout; a free ticket is settled at once.
 *
 * @throws ticket.sold_out | ticket.already_yours | payment.unavailable - nothing is held, and the order is taken back.
 */
export async function bringToCheckout(deps: Deps, waiting: OrderDocument, choice: Choice): Promise<OrderDocument> {
  const { order, answer } = await holdSeat(deps, await withTimeToPay(deps, waiting), choice);
  if (answer !== 'won') return withdraw(order, answer === 'sold_out' ? 'ticket.sold_out' : 'ticket.already_yours');
  if (order.price.amount === 0) return syncTicket(deps, order._id);
  try {
    const ready = await openCheckout(deps, order);
    await tellOrder(deps, ready);
    return ready;
  } catch (error) {
    if (error instanceof AppError) return withdraw(order, 'payment.unavailable');
    throw error;
  }
}

/** Holds a seat; where the last of the first has just gone to somebody else, at the price that comes next. */
async function holdSeat(deps: Deps, order: OrderDocument, choice: Choice): Promise<{ order: OrderDocument; answer: SeatAnswer }> {
  const answer = await Seats.hold(claimOf(order), order.holdUntil, deps.now());
  if (answer !== 'sold_out' || whyOf(order).reason.kind !== 'first') return { order, answer };
  const repriced = (await Order.reprice(order, choice.afterTheFirst)) ?? (await Order.findById(order._id).lean()) ?? order;
  return { order: repriced, answer: await Seats.hold(claimOf(repriced), repriced.holdUntil, deps.now()) };
}

/** Takes back an order that did not reach the checkout, unless the same order did so by a request beside this one. */
async function withdraw(order: OrderDocument, why: 'ticket.sold_out' | 'ticket.already_yours' | 'payment.unavailable'): Promise<OrderDocument> {
  const isWithdrawn = await Order.withdraw(order._id);
  const standing = isWithdrawn ? null : await Order.findById(order._id).lean();
  if (standing) return standing;
  await Seats.release(String(order.workshopId), String(order._id));
  throw new AppError(why);
}
