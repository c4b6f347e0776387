import type { Deps } from '../../deps.js';
import type { RefundRequest } from '../../models/money/refundRequest.js';
import { Order, type OrderDocument } from '../../models/order.js';
import { readPayment, type Payment } from './readPayment.js';

/**
 * Has Stripe make every refund that is noted and that Stripe does not know. Asked twice, it is made once: each has its own
 * idempotency key. One that Stripe will not make has failed.
 *
 * @returns what Stripe says of the order afterwards.
 * @throws payment.unavailable - Stripe did not answer.
 */
export async function sendRefunds(deps: Deps, order: OrderDocument, payment: Payment): Promise<Payment> {
  const known = new Set(payment.refunds.map(({ requestId }) => requestId));
  const unsent = (order.refunds ?? []).filter(({ id, state }) => state === 'asked' && !known.has(id));
  for (const refund of unsent) await sendOne(deps, order, payment, refund);
  return unsent.length === 0 ? payment : ((await readPayment(deps, order)) ?? payment);
}

async function sendOne(deps: Deps, order: OrderDocument, { paymentId, returned }: Payment, { id, amount }: RefundRequest): Promise<void> {
  if (!paymentId) return;
  const orderId = String(order._id);
  const made = await deps.askStripe(
    (stripe) => stripe.refunds.create({ payment_intent: paymentId, amount, reason: 'requested_by_customer', metadata: { orderId, refundId: id } }, { idempotencyKey: `refund:${orderId}:${id}` }),
    // What Stripe finds wrong with it (more than is left, a charge in dispute) stays wrong: a person must look at it.
    'refused',
  );
  if (made) return;
  deps.log.warn({ orderId, refundId: id, amount }, 'Stripe will not make a refund');
  await Order.markRefunds(order._id, new Map([[id, 'failed']]), { returned });
}
