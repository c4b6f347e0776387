import type { Deps } from '../../deps.js';

/** Where something is seen on Stripe's own pages; null where the sandbox plays Stripe, which has none. */
export function atStripe({ payments }: Deps, place: 'payments' | 'disputes' | 'subscriptions', id: string): string | null {
  if (payments.hasConsole) return null;
  return `https://dashboard.stripe.com/${payments.isTest ? 'test/' : ''}${place}/${id}`;
}
