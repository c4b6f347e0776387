/** One way to ask Stripe: what it refuses becomes a failure of ours, and its own words stay in the log. */
import Stripe from 'stripe';
import { AppError } from '../../shared/failures.js';
import type { Logger } from './logger.js';

/** refused: what was asked for is not there, or not in a state for it. already_refunded: one of these refusals. declined: a card was not charged. */
export type Refusal = 'refused' | 'already_refunded' | 'declined';

/**
 * Asks Stripe something.
 *
 * @param nullWhen - what means that all is well; then null is answered.
 * @throws payment.declined - the card was not charged.
 * @throws payment.proof_wanted - nor was this one: its bank asks for a proof (3-D Secure) that only Stripe's own pages can take.
 * @throws payment.unavailable - Stripe did not answer, or refused; the log tells why.
 */
export interface AskStripe {
  <T>(ask: (stripe: Stripe) => Promise<T>): Promise<T>;
  <T>(ask: (stripe: Stripe) => Promise<T>, ...nullWhen: Refusal[]): Promise<T | null>;
}

/** @param payments - with the real Stripe or the sandbox. */
export function createAskStripe(payments: { stripe: Stripe }, log: Logger): AskStripe {
  return async <T>(ask: (stripe: Stripe) => Promise<T>, ...nullWhen: Refusal[]): Promise<T> => {
    try {
      return await ask(payments.stripe);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
      const refusals = refusalsOf(error);
      // Only the form with `nullWhen` gets here, and that says null.
      if (refusals.some((refusal) => nullWhen.includes(refusal))) return null as T;
      if (refusals.includes('declined')) throw new AppError(asksForProof.has(error.code) ? 'payment.proof_wanted' : 'payment.declined');
      log.warn({ type: error.type, code: error.code, requestId: error.requestId, text: error.message }, 'Stripe did not do what was asked');
      throw new AppError('payment.unavailable');
    }
  };
}

/** https://docs.stripe.com/error-codes */
const asksForProof: ReadonlySet<string | undefined> = new Set(['authentication_required', 'invoice_payment_intent_requires_action', 'subscription_payment_intent_requires_action']);

/** https://docs.stripe.com/api/errors#errors-type */
function refusalsOf(error: Stripe.errors.StripeError): Refusal[] {
  if (error instanceof Stripe.errors.StripeCardError) return ['declined'];
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return [];
  return error.code === 'charge_already_refunded' ? ['refused', 'already_refunded'] : ['refused'];
}
