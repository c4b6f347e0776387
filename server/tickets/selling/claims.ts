/** What an order asks for, and has, in other documents: a seat of its workshop, and a use of its coupon. */
import { Coupon, type CouponClaim } from '../../models/money/coupon.js';
import { ticketOf, whyOf, type OrderDocument } from '../../models/order.js';
import { Seats, type SeatAnswer, type SeatClaim } from '../../models/seats.js';

/** Holds the seat until the end of the order's hold. */
export function holdSeat(order: OrderDocument, now: Date): Promise<SeatAnswer> {
  return Seats.hold(seatClaim(order), order.holdUntil, now);
}

/** Holds a use of the coupon likewise, where the order has one. Answers whether the order has what it needs. */
export async function holdCoupon(order: OrderDocument, now: Date): Promise<boolean> {
  const claim = couponClaim(order);
  return claim === null || Coupon.hold(claim, order.holdUntil, now);
}

/** Makes both the order's own, from its holds or from what is free. Answers whether it has both; if not, whoever closes the order releases the rest. */
export async function takeAll(order: OrderDocument, now: Date): Promise<boolean> {
  if ((await Seats.take(seatClaim(order), now)) !== 'won') return false;
  const claim = couponClaim(order);
  return claim === null || Coupon.take(claim, now);
}

/** Gives back what the order holds, and nothing it has. */
export async function dropHolds({ _id, workshopId, couponId }: OrderDocument): Promise<void> {
  await Promise.all([Seats.dropHold(String(workshopId), String(_id)), couponId && Coupon.dropHold(couponId, _id)]);
}

/** Gives back all that the order has or holds. */
export async function releaseAll({ _id, workshopId, couponId }: Pick<OrderDocument, '_id' | 'workshopId' | 'couponId'>): Promise<void> {
  await Promise.all([Seats.release(String(workshopId), String(_id)), couponId && Coupon.release(couponId, _id)]);
}

function seatClaim(order: OrderDocument): SeatClaim {
  const { typeKey, pool } = ticketOf(order);
  const { reason } = whyOf(order);
  return {
    workshopId: String(order.workshopId),
    orderId: String(order._id),
    memberId: String(order.memberId),
    pool,
    first: reason.kind === 'first' ? { typeKey, count: reason.count } : null,
  };
}

function couponClaim(order: OrderDocument): CouponClaim | null {
  const { _id: orderId, memberId, couponId } = order;
  return couponId && whyOf(order).coupon ? { couponId, orderId, memberId } : null;
}
