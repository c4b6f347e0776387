/** A schedule and its phases before anything is filled in: what the sandbox does not have is off, empty or null, as at Stripe. */
import type { StoredPhase, StoredSchedule, StoredSubscription } from '../store/kinds.js';

/** One of a subscription that runs already. */
export const blankSchedule = {
  object: 'subscription_schedule',
  application: null,
  billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
  canceled_at: null,
  completed_at: null,
  customer_account: null,
  default_settings: {
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: 'automatic',
    billing_thresholds: null,
    collection_method: 'charge_automatically',
    default_payment_method: null,
    description: null,
    invoice_settings: { account_tax_ids: null, custom_fields: null, days_until_due: null, description: null, footer: null, issuer: { type: 'self' } },
    on_behalf_of: null,
    transfer_data: null,
  },
  livemode: false,
  pause_schedules: [],
  released_at: null,
  released_subscription: null,
  status: 'active',
} satisfies Partial<StoredSchedule>;

/** What a phase is about: the rest of it is the same in each. */
export type PhaseCore = Pick<StoredPhase, 'currency' | 'end_date' | 'items' | 'metadata' | 'proration_behavior' | 'start_date' | 'trial_end'>;

/** A whole phase around its core. */
export function makePhase(core: PhaseCore): StoredPhase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    invoice_settings: null,
    on_behalf_of: null,
    transfer_data: null,
    ...core,
  };
}

/** An item of a phase. */
export function makePhaseItem(price: string, quantity: number, metadata: Record<string, string>): StoredPhase['items'][number] {
  return { billing_thresholds: null, discounts: [], metadata, plan: price, price, quantity, tax_rates: [] };
}

/** What a subscription is for now, as a phase says it. */
export function phaseItemsOf({ items }: StoredSubscription): StoredPhase['items'] {
  return items.data.map(({ price, quantity = 1, metadata }) => makePhaseItem(price.id, quantity, metadata));
}
