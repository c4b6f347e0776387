import type { Deps } from '../../deps.js';
import type { OrderDocument } from '../../models/order.js';

/**
 * Closes an order's checkout at Stripe. What became of it is to be read afterwards: one that was paid in the same moment
 * stays paid, and only an expired one lets a seat go.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function closeCheckout(deps: Deps, { sessionId }: OrderDocument): Promise<void> {
  // Stripe refuses with 400 when the session is not open any more, which is as good.
  if (sessionId) await deps.askStripe((stripe) => stripe.checkout.sessions.expire(sessionId), 'refused');
}
