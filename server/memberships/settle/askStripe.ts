import Stripe from 'stripe';
import { AppError } from '../../../shared/failures.js';
import type { Deps } from '../../deps.js';

/**
 * Asks Stripe something about a membership.
 *
 * @param forgive - Stripe's refusal that means all is well; then null is answered.
 * @throws payment.declined - the card was not charged.
 * @throws payment.unavailable - it did not answer, or refused; the log tells why.
 */
export async function askStripe<T>(deps: Deps, ask: (stripe: Stripe) => Promise<T>, forgive: (error: Stripe.errors.StripeError) => boolean = () => false): Promise<T | null> {
  try {
    return await ask(deps.payments.stripe);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    if (forgive(error)) return null;
    if (error instanceof Stripe.errors.StripeCardError) throw new AppError('payment.declined');
    deps.log.warn({ type: error.type, code: error.code, requestId: error.requestId, text: error.message }, 'Stripe did not do what was asked');
    throw new AppError('payment.unavailable');
  }
}

/** Stripe refuses so what is not, or no longer, in a state to be done. */
export const isRefusal = (error: Stripe.errors.StripeError): boolean => error.statusCode === 400 || error.statusCode === 404;
