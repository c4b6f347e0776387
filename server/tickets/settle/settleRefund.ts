import type { Deps } from '../../deps.js';
import { Order, type OrderDocument } from '../../models/order.js';
import { advance } from './advance.js';
import type { Payment, PaymentRefund } from './readPayment.js';

/**
 * Moves an order on by the refunds Stripe has for it, whoever asked for them. The right ends as soon as the whole price is
 * on its way back; a partial refund leaves it. Refunds that have all failed are for a person to look at.
 */
export async function settleRefund(deps: Deps, order: OrderDocument, payment: Payment): Promise<OrderDocument> {
  if (order.state === 'refunded' || !payment.charge) return order;
  const { amount } = payment.charge;
  const now = deps.now();
  const refundAskedAt = order.refundAskedAt ?? now;
  if (sumOf(payment.refunds, ['done']) >= amount) return advance(deps, order, 'refunded', { refundAskedAt, refundedAt: lastOf(payment.refunds) ?? now });
  const isOnItsWay = sumOf(payment.refunds, ['done', 'accepted']) >= amount;
  const isReturning = order.state === 'refunding' || order.state === 'late';
  // A refund that was stuck and is on its way again is nobody's problem any more.
  if (isOnItsWay && (!isReturning || order.problem)) return advance(deps, order, order.state === 'late' ? 'late' : 'refunding', { refundAskedAt });
  if (!isOnItsWay && isReturning && payment.refunds.some((refund) => refund.state === 'failed')) {
    await Order.flag(order._id, 'refund_stuck', now);
    return Order.findById(order._id).orFail().lean();
  }
  return order;
}

function sumOf(refunds: readonly PaymentRefund[], states: readonly PaymentRefund['state'][]): number {
  return refunds.filter((refund) => states.includes(refund.state)).reduce((sum, refund) => sum + refund.amount, 0);
}

function lastOf(refunds: readonly PaymentRefund[]): Date | null {
  const moments = refunds.filter((refund) => refund.state === 'done').map((refund) => refund.at.getTime());
  return moments.length > 0 ? new Date(Math.max(...moments)) : null;
}
