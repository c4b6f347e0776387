import type { Deps } from '../../deps.js';
import type { OrderDocument } from '../../models/order.js';
import { readPayment, type Payment } from './readPayment.js';

/**
 * Closes an order's checkout at Stripe and tells what became of it. Only an expired checkout lets a seat go: one that was
 * paid in the same moment stays paid.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function closeCheckout(deps: Deps, order: OrderDocument): Promise<Payment | null> {
  const { sessionId } = order;
  // Stripe refuses with 400 when the session is not open any more: then what it became is read below.
  if (sessionId) await deps.askStripe((stripe) => stripe.checkout.sessions.expire(sessionId), 'refused');
  return readPayment(deps, order);
}
