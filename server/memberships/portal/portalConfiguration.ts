import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import type { Deps } from '../../deps.js';
import { TierPrice } from '../../models/memberships/tierPrice.js';
import { Tier } from '../../models/tier.js';

/** Stripe's portal lets a customer choose among so many products at most: the lowest tiers, the others are the house's own page to offer. */
const mostProducts = 10;

/**
 * The id of the portal's configuration that offers exactly what newcomers are offered now: a price that was closed stays active at Stripe
 * for those who have it, and nobody is to change to it. It is found again by what it offers, and made where there is none yet.
 * Source: https://docs.stripe.com/api/customer_portal/configurations
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function portalConfiguration(deps: Deps): Promise<string> {
  const features = await featuresNow();
  const offers = createHash('sha256').update(JSON.stringify(features)).digest('hex').slice(0, 32);
  const made = await deps.askStripe((stripe) => stripe.billingPortal.configurations.list({ active: true, limit: 100 }).autoPagingToArray({ limit: 1_000 }));
  const same = made.find(({ metadata }) => metadata?.['offers'] === offers);
  const { id } = same ?? (await deps.askStripe((stripe) => stripe.billingPortal.configurations.create({ features, metadata: { offers } }, { idempotencyKey: `portal:${offers}` })));
  return id;
}

async function featuresNow(): Promise<Stripe.BillingPortal.ConfigurationCreateParams.Features> {
  const [tiers, prices] = await Promise.all([Tier.inOrder(), TierPrice.allOpen()]);
  const products = tiers.flatMap(({ _id, key }) => {
    const ready = prices.flatMap(({ tierKey, stripePriceId }) => (tierKey === key && stripePriceId ? [stripePriceId] : []));
    return ready.length > 0 ? [{ product: `tier_${String(_id)}`, prices: ready.toSorted() }] : [];
  });
  const isOffered = products.length > 0;
  return {
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true },
    subscription_cancel: { enabled: true, mode: 'at_period_end' },
    subscription_update: isOffered ? { enabled: true, default_allowed_updates: ['price'], products: products.slice(0, mostProducts), proration_behavior: 'always_invoice' } : { enabled: false },
  };
}
