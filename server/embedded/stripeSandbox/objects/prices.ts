/** Prices: https://docs.stripe.com/api/prices. What a price costs never changes; a new amount is a new price. */
import { z } from 'zod';
import { badRequest, noSuchObject, noSuchReference } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { clearable, currency, flag, id as idParam, integer, list, mergeMetadata, metadata, oneOf, params, text } from '../api/params.js';
import type { StoredPrice } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { createProduct } from './products.js';

/** Stripe takes amounts of up to eight digits. */
export const maxAmount = 99_999_999;

/** How often a recurring price is charged. */
export const recurring = z.strictObject({ interval: oneOf('day', 'week', 'month', 'year'), interval_count: integer(1, 1095).optional() });

const newPriceParams = params({
  active: flag().optional(),
  currency: currency(),
  lookup_key: text(200).optional(),
  metadata: metadata().optional(),
  nickname: text().optional(),
  product: idParam().optional(),
  product_data: z.strictObject({ name: text(), active: flag().optional(), metadata: metadata().optional() }).optional(),
  recurring: recurring.optional(),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified').optional(),
  transfer_lookup_key: flag().optional(),
  unit_amount: integer(0, maxAmount),
});

const priceChangeParams = params({
  active: flag().optional(),
  lookup_key: clearable(text(200)).optional(),
  metadata: metadata().optional(),
  nickname: clearable(text()).optional(),
  transfer_lookup_key: flag().optional(),
});

/** What is known of a new price; `unit_amount` is in minor units. */
export interface NewPrice {
  product: string;
  currency: string;
  unit_amount: number;
  active?: boolean;
  lookup_key?: string | null;
  metadata?: Record<string, string> | null;
  nickname?: string | null;
  recurring?: z.infer<typeof recurring>;
  tax_behavior?: 'exclusive' | 'inclusive' | 'unspecified';
}

/** Makes a price. */
export function createPrice(turn: Turn, given: NewPrice): StoredPrice {
  const price = turn.draft.put('price', {
    id: newId('price_'),
    object: 'price',
    active: given.active ?? true,
    billing_scheme: 'per_unit',
    created: turn.now,
    currency: given.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: given.lookup_key ?? null,
    metadata: mergeMetadata({}, given.metadata),
    nickname: given.nickname ?? null,
    product: given.product,
    recurring: given.recurring
      ? { interval_count: 1, ...given.recurring, meter: null, trial_period_days: null, usage_type: 'licensed' }
      : null,
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: given.recurring ? 'recurring' : 'one_time',
    unit_amount: given.unit_amount,
    unit_amount_decimal: String(given.unit_amount),
  });
  emitEvent(turn, 'price.created', price);
  return price;
}

function createPriceFor(turn: Turn, { product, product_data: data, transfer_lookup_key: transfer, ...given }: z.infer<typeof newPriceParams>): StoredPrice {
  if (product && data) throw badRequest('You may only specify one of these parameters: product, product_data.', { param: 'product' });
  if (!product && !data) throw badRequest('Missing required param: product.', { code: 'parameter_missing', param: 'product' });
  if (product && !turn.draft.get('product', product)) throw noSuchReference('product', product, 'product');
  if (given.lookup_key) claimLookupKey(turn, given.lookup_key, transfer ?? false);
  return createPrice(turn, { ...given, product: product ?? createProduct(turn, { ...data, name: data?.name ?? '' }).id });
}

function updatePrice(turn: Turn, id: string, given: z.infer<typeof priceChangeParams>): StoredPrice {
  const before = turn.draft.get('price', id);
  if (!before) throw noSuchObject('price', id);
  const { expand: _, metadata: change, transfer_lookup_key: transfer, ...fields } = given;
  if (fields.lookup_key && fields.lookup_key !== before.lookup_key) claimLookupKey(turn, fields.lookup_key, transfer ?? false);
  const price = turn.draft.put('price', { ...before, ...fields, metadata: mergeMetadata(before.metadata, change) });
  emitEvent(turn, 'price.updated', price, before);
  return price;
}

/** A lookup key belongs to one price at a time; it moves only when the caller says so. */
function claimLookupKey(turn: Turn, key: string, transfer: boolean): void {
  for (const holder of turn.draft.walk('price', { where: { field: 'lookup_key', value: key } })) {
    if (!transfer)
      throw badRequest(`A price (\`${holder.id}\`) already uses that lookup key. Use \`transfer_lookup_key=true\` to move it.`, {
        param: 'lookup_key',
      });
    turn.draft.put('price', { ...holder, lookup_key: null });
  }
}

/** The API's rows for prices. */
export const priceEndpoints: readonly Endpoint[] = [
  writes('post', '/v1/prices', newPriceParams, (turn, { params: given }) => createPriceFor(turn, given)),
  lists('price', '/v1/prices', {
    active: { param: flag(), matches: (price, active: boolean) => price.active === active },
    currency: sameText(currency(), 'currency'),
    lookup_keys: { param: list(text(200), 10), matches: (price, keys: string[]) => keys.includes(price.lookup_key ?? '') },
    product: sameText(idParam(), 'product'),
    type: sameText(oneOf('one_time', 'recurring'), 'type'),
  }),
  reads('/v1/prices/:id', params({}), ({ reader }, { id }) => {
    const price = reader.get('price', id);
    if (!price) throw noSuchObject('price', id);
    return price;
  }),
  writes('post', '/v1/prices/:id', priceChangeParams, (turn, { id, params: given }) => updatePrice(turn, id, given)),
];
