/** Stripe's webhook signature: https://docs.stripe.com/webhooks#verify-manually */
import { createHmac } from 'node:crypto';

/**
 * The value of the `Stripe-Signature` header: `t=<seconds>,v1=<hex HMAC-SHA256 of "t.payload">`.
 *
 * @param timestamp - seconds since the epoch.
 */
export function signPayload(payload: string, secret: string, timestamp: number): string {
  const signature = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
  return `t=${timestamp},v1=${signature}`;
}
