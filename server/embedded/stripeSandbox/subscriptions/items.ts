/** What a subscription is for. */
import type { z } from 'zod';
import { badRequest, noSuchReference } from '../api/apiFault.js';
import { mergeMetadata } from '../api/params.js';
import { formatAmount } from '../objects/formatAmount.js';
import type { NewInvoiceLine } from '../invoices/invoiceLines.js';
import type { StoredPrice, StoredSubscription, StoredSubscriptionItem } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { cycleOf } from './keepSubscription.js';
import type { Period } from './periods.js';
import type { newItem } from './subscriptionParams.js';

/**
 * The price of an item.
 *
 * @throws ApiFault 400 when it is not there, is inactive, or is not a recurring one.
 */
export function recurringPrice({ draft }: Turn, id: string, param: string): StoredPrice {
  const price = draft.get('price', id);
  if (!price) throw noSuchReference('price', id, param);
  if (!price.active) throw badRequest('The price specified is inactive. This field only accepts active prices.', { param });
  if (price.type !== 'recurring')
    throw badRequest(`The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`, { param });
  return price;
}

/** Makes an item. */
export function makeItem(turn: Turn, subscription: string, given: z.infer<typeof newItem>, price: StoredPrice, period: Period): StoredSubscriptionItem {
  return {
    id: newId('si_', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: turn.now,
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: mergeMetadata({}, given.metadata),
    plan: planOf(price),
    price,
    quantity: given.quantity ?? 1,
    subscription,
    tax_rates: [],
  };
}

/**
 * Judges the items of a subscription together.
 *
 * @throws ApiFault 400 when they differ in currency or in how often they are billed.
 */
export function judgeItems(items: readonly { price: StoredPrice }[], param = 'items'): void {
  const [first] = items;
  for (const { price } of items) {
    if (price.currency !== first?.price.currency) throw badRequest('All prices of a subscription must have the same currency.', { param });
    const isAlike = price.recurring?.interval === first.price.recurring?.interval && price.recurring?.interval_count === first.price.recurring?.interval_count;
    if (!isAlike) throw badRequest('The prices of a subscription must all be billed equally often.', { param });
  }
}

/** The items with another period. */
export function itemsIn(subscription: StoredSubscription, { start, end }: Period): StoredSubscription['items'] {
  const data = subscription.items.data.map((item) => ({ ...item, current_period_start: start, current_period_end: end }));
  return { ...subscription.items, data };
}

/** The lines of a whole period; a trial costs nothing. */
export function periodLines(turn: Turn, subscription: StoredSubscription, period: Period, isTrial: boolean): NewInvoiceLine[] {
  const { interval, interval_count: count } = cycleOf(subscription);
  return subscription.items.data.map(({ id, price, quantity = 1 }) => {
    const name = productName(turn, price);
    const each = formatAmount(price.unit_amount ?? 0, price.currency, 'en');
    const often = count === 1 ? `/ ${interval}` : `every ${count} ${interval}s`;
    return {
      amount: isTrial ? 0 : (price.unit_amount ?? 0) * quantity,
      description: isTrial ? `Trial period for ${name}` : `${quantity} × ${name} (at ${each} ${often})`,
      period,
      price,
      quantity,
      subscription: subscription.id,
      subscriptionItem: id,
      proration: null,
    };
  });
}

/** The name of what a price is for. */
export function productName({ draft }: Pick<Turn, 'draft'>, { product }: StoredPrice): string {
  return draft.get('product', product ?? '')?.name ?? 'Subscription';
}

/** The price in its old form, which Stripe still shows beside it. */
export function planOf(price: StoredPrice): StoredSubscriptionItem['plan'] {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}
