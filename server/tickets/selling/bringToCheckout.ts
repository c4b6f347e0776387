import { AppError } from '../../../shared/failures.js';
import type { Deps } from '../../deps.js';
import { Coupon, isOver } from '../../models/money/coupon.js';
import { Order, whyOf, type OrderDocument } from '../../models/order.js';
import { openCheckout } from '../settle/openCheckout.js';
import { syncTicket } from '../syncTicket.js';
import { tellOrder } from '../tellOrder.js';
import type { Choice } from './chooseTicket.js';
import { holdCoupon, holdSeat, releaseAll } from './claims.js';
import { withTimeToPay } from './openOrder.js';

/**
 * Holds what an order needs and opens its checkout; a free ticket is settled at once.
 *
 * @throws ticket.sold_out | ticket.already_yours | coupon.refused | payment.unavailable - nothing is held, and the order is
 *   taken back.
 */
export async function bringToCheckout(deps: Deps, waiting: OrderDocument, choice: Choice): Promise<OrderDocument> {
  const { order, refusal } = await holdAll(deps, await withTimeToPay(deps, waiting), choice);
  if (refusal) return withdraw(order, refusal);
  if (order.price.amount === 0) return syncTicket(deps, order._id);
  try {
    const ready = await openCheckout(deps, order);
    await tellOrder(deps, ready);
    return ready;
  } catch (error) {
    if (error instanceof AppError) return withdraw(order, new AppError('payment.unavailable'));
    throw error;
  }
}

interface Held {
  order: OrderDocument;
  /** Why the order cannot go on; null when it has all it needs. */
  refusal: AppError | null;
}

async function holdAll(deps: Deps, waiting: OrderDocument, choice: Choice): Promise<Held> {
  let order = waiting;
  let answer = await holdSeat(order, deps.now());
  // The last of the first has just gone to somebody else: a seat may be free at the price that comes next.
  if (answer === 'sold_out' && whyOf(order).reason.kind === 'first') {
    order = (await Order.reprice(order, choice.afterTheFirst)) ?? (await Order.findById(order._id).lean()) ?? order;
    answer = await holdSeat(order, deps.now());
  }
  if (answer !== 'won') return { order, refusal: new AppError(answer === 'sold_out' ? 'ticket.sold_out' : 'ticket.already_yours') };
  return { order, refusal: (await holdCoupon(order, deps.now())) ? null : await couponRefusal(order, deps.now()) };
}

/** Why the coupon was not to be had, as it looks now. */
async function couponRefusal({ couponId, memberId }: OrderDocument, now: Date): Promise<AppError> {
  const coupon = await Coupon.findById(couponId).orFail().lean();
  if (isOver(coupon, now)) return new AppError('coupon.refused', { reason: 'over' });
  const own = [...coupon.taken, ...coupon.holds.filter((hold) => hold.until > now)].filter((claim) => claim.memberId.equals(memberId));
  return new AppError('coupon.refused', { reason: own.length >= coupon.usesPerMember ? 'yours_used_up' : 'used_up' });
}

/** Takes back an order that did not reach the checkout, unless the same order did so by a request beside this one. */
async function withdraw(order: OrderDocument, why: AppError): Promise<OrderDocument> {
  const isWithdrawn = await Order.withdraw(order._id);
  const standing = isWithdrawn ? null : await Order.findById(order._id).lean();
  if (standing) return standing;
  await releaseAll(order);
  throw why;
}
