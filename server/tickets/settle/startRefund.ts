import type { Deps } from '../../deps.js';
import type { OrderDocument } from '../../models/order.js';
import type { Payment } from './readPayment.js';

/**
 * Asks Stripe to give back whatever is left of an order's money. Asked twice, it is done once: the idempotency key is the
 * order's, and changes only when all refunds so far have failed.
 *
 * @throws payment.unavailable - Stripe did not answer, or refused.
 */
export async function startRefund(deps: Deps, order: OrderDocument, payment: Payment): Promise<void> {
  const { paymentId } = payment;
  if (!paymentId) return;
  const failed = payment.refunds.filter((refund) => refund.state === 'failed').length;
  const idempotencyKey = failed === 0 ? `refund:${String(order._id)}` : `refund:${String(order._id)}:${failed}`;
  await deps.askStripe(
    (stripe) => stripe.refunds.create({ payment_intent: paymentId, reason: 'requested_by_customer', metadata: { orderId: String(order._id) } }, { idempotencyKey }),
    'already_refunded',
  );
}
