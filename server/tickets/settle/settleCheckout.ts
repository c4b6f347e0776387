import type { Deps } from '../../deps.js';
import { Order, type OrderDocument } from '../../models/order.js';
import { takeAll } from '../selling/claims.js';
import { advance } from './advance.js';
import type { Payment } from './readPayment.js';

/**
 * Moves an order that is not paid yet to where its money is: paid with a seat, late without one, awaited, failed, or expired.
 * Money that comes after the order was closed still gets a seat if one is free, and a use of its coupon if it has one.
 *
 * @param standing - whether the workshop was cancelled: nothing more is waited for, and what was paid goes back from the seat; or has ended:
 *   no seat is given any more, and money that still comes is late.
 */
export async function settleCheckout(deps: Deps, order: OrderDocument, payment: Payment | null, standing: { isOff: boolean; hasEnded: boolean }): Promise<OrderDocument> {
  if (order.state !== 'open' && order.state !== 'awaiting' && order.state !== 'expired') return order;
  if (order.problem) return order;
  if (payment?.standing === 'paid') return settlePaid(deps, order, payment, standing.hasEnded);
  if (order.state === 'expired') return order;
  if (payment?.standing === 'failed') return advance(deps, order, 'failed', {});
  if (order.state === 'awaiting') return order;
  if (payment?.standing === 'awaited') return settleAwaited(deps, order, payment);
  const isGone = standing.isOff || standing.hasEnded;
  if (order.price.amount === 0 && !isGone) return settleFree(deps, order);
  const isOver = payment ? payment.checkout === 'expired' : isGone || order.holdUntil <= deps.now();
  return isOver ? advance(deps, order, 'expired', {}) : order;
}

async function settlePaid(deps: Deps, order: OrderDocument, payment: Payment, hasEnded: boolean): Promise<OrderDocument> {
  if (!isWhatWasOrdered(order, payment)) {
    deps.log.error({ orderId: String(order._id), paid: { amount: payment.amount, currency: payment.currency }, price: order.price }, 'what was paid is not what was ordered');
    await Order.flag(order._id, 'paid_without_seat', deps.now());
    return Order.findById(order._id).orFail().lean();
  }
  const paid = { paymentId: payment.paymentId, paidAt: payment.charge?.at ?? deps.now() };
  const isTheirs = !hasEnded && (await takeAll(order, deps.now()));
  return isTheirs ? advance(deps, order, 'paid', paid) : advance(deps, order, 'late', { ...paid, refundAskedAt: deps.now() });
}

/** The bank may take days, so the seat is kept without an end: it is let go when the bank says no. One that has gone already is looked for again when the money is there. */
async function settleAwaited(deps: Deps, order: OrderDocument, { paymentId }: Payment): Promise<OrderDocument> {
  await takeAll(order, deps.now());
  return advance(deps, order, 'awaiting', { paymentId });
}

async function settleFree(deps: Deps, order: OrderDocument): Promise<OrderDocument> {
  const isTheirs = await takeAll(order, deps.now());
  return isTheirs ? advance(deps, order, 'paid', { paidAt: deps.now() }) : advance(deps, order, 'expired', {});
}

function isWhatWasOrdered({ _id, price }: OrderDocument, { amount, currency, orderId, charge }: Payment): boolean {
  const isCharged = !charge || (charge.amount === price.amount && charge.currency === price.currency);
  return amount === price.amount && currency === price.currency && orderId === String(_id) && isCharged;
}
