/** What a customer portal offers: https://docs.stripe.com/api/customer_portal/configurations */
import { z } from 'zod';
import { badRequest, noSuchObject, noSuchReference } from '../api/apiFault.js';
import { lists, writes, type Endpoint } from '../api/endpoint.js';
import { flag, id as idParam, list, metadata, oneOf, params, text } from '../api/params.js';
import type { StoredPortalConfiguration } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';

/** Stripe lets a customer choose among so many products at most. */
const mostProducts = 10;

const feature = z.strictObject({ enabled: flag() });

const configurationParams = params({
  features: z.strictObject({
    invoice_history: feature.optional(),
    payment_method_update: feature.optional(),
    subscription_cancel: feature.extend({ mode: oneOf('at_period_end').optional() }).optional(),
    subscription_update: feature
      .extend({
        default_allowed_updates: list(oneOf('price'), 1).optional(),
        products: list(z.strictObject({ product: idParam(), prices: list(text(), 20) }), mostProducts).optional(),
        proration_behavior: oneOf('always_invoice').optional(),
      })
      .optional(),
  }),
  metadata: metadata().optional(),
});
type NewConfiguration = z.infer<typeof configurationParams>;

function createConfiguration(turn: Turn, { features, metadata: notes }: NewConfiguration): StoredPortalConfiguration {
  const { invoice_history: history, payment_method_update: card, subscription_cancel: cancel, subscription_update: update } = features;
  for (const { product, prices } of update?.products ?? []) judgeProduct(turn, product, prices);
  const configuration = turn.draft.put('billing_portal.configuration', {
    id: newId('bpc_'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: turn.sandboxNow,
    default_return_url: null,
    features: {
      customer_update: { allowed_updates: [], enabled: false },
      invoice_history: { enabled: history?.enabled ?? false },
      payment_method_update: { enabled: card?.enabled ?? false, payment_method_configuration: null },
      subscription_cancel: { cancellation_reason: { enabled: false, feedback_options: [], options: [] }, enabled: cancel?.enabled ?? false, mode: 'at_period_end', proration_behavior: 'none' },
      subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
      subscription_update: {
        billing_cycle_anchor: null,
        default_allowed_updates: update?.default_allowed_updates ?? [],
        enabled: update?.enabled ?? false,
        products: (update?.products ?? []).map((one) => ({ ...one, adjustable_quantity: { enabled: false, maximum: null, minimum: 1 } })),
        proration_behavior: update?.proration_behavior ?? 'none',
        schedule_at_period_end: { conditions: [] },
        trial_update_behavior: 'continue_trial',
      },
    },
    is_default: false,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: notes ?? {},
    name: null,
    updated: turn.sandboxNow,
  });
  emitEvent(turn, 'billing_portal.configuration.created', configuration);
  return configuration;
}

/** Only what is for sale again and again can be offered, and of each product once an interval. */
function judgeProduct({ draft }: Turn, product: string, prices: readonly string[]): void {
  const param = 'features[subscription_update][products]';
  const intervals = prices.map((id) => {
    const price = draft.get('price', id);
    if (!price || price.product !== product || !price.recurring) throw noSuchReference('price', id, param);
    return `${price.currency} ${price.recurring.interval} ${price.recurring.interval_count}`;
  });
  if (new Set(intervals).size < intervals.length) throw badRequest('Prices of a product must have different billing intervals.', { param });
}

/** Offers it to nobody any more, or again. */
function setActive(turn: Turn, id: string, active: boolean): StoredPortalConfiguration {
  const before = turn.draft.get('billing_portal.configuration', id);
  if (!before) throw noSuchObject('configuration', id);
  const configuration = turn.draft.put('billing_portal.configuration', { ...before, active, updated: turn.sandboxNow });
  emitEvent(turn, 'billing_portal.configuration.updated', configuration, before);
  return configuration;
}

/** The API's rows for the customer portal's configurations. */
export const portalConfigurationEndpoints: readonly Endpoint[] = [
  writes('post', '/v1/billing_portal/configurations/:id', params({ active: flag() }), (turn, { id, params: given }) => setActive(turn, id, given.active)),
  writes('post', '/v1/billing_portal/configurations', configurationParams, (turn, { params: given }) => createConfiguration(turn, given)),
  lists('billing_portal.configuration', '/v1/billing_portal/configurations', { active: { param: flag(), matches: (one, active: boolean) => one.active === active } }),
];
