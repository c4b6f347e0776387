/** The lines of a session: each price looked up or made, and multiplied. */
import { leastCharge } from '../../../../shared/money.js';
import { badRequest, noSuchReference } from '../api/apiFault.js';
import { mergeMetadata } from '../api/params.js';
import { createPrice, maxAmount } from '../objects/prices.js';
import { createProduct } from '../objects/products.js';
import type { StoredLineItem, StoredPrice } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { judgeItems } from '../subscriptions/items.js';
import type { NewLine, NewSession } from './sessionParams.js';

/** What a session asks for, before any discount; all amounts in minor units of `currency`. */
export interface Bill {
  lines: StoredLineItem[];
  currency: string;
  subtotal: number;
}

/**
 * Draws up the bill.
 *
 * @throws ApiFault 400 when there is no line, a price is missing, inactive or not for this mode, or currencies or rhythms are mixed.
 */
export function drawUpBill(turn: Turn, { mode, line_items: asked = [], currency: wanted }: Pick<NewSession, 'currency' | 'line_items' | 'mode'>): Bill {
  const lines = asked.map((line, position) => lineFor(turn, line, mode, `line_items[${position}]`));
  const currency = wanted ?? lines[0]?.currency;
  if (!currency)
    throw badRequest(`You must specify \`line_items\` for a session in \`${mode}\` mode.`, { code: 'parameter_missing', param: 'line_items' });
  const odd = lines.find((line) => line.currency !== currency);
  if (odd)
    throw badRequest(`All prices of a Checkout Session must have the same currency; expected ${currency} but got ${odd.currency}.`, {
      param: 'line_items',
    });
  if (mode === 'subscription') judgeItems(lines, 'line_items');
  return { lines, currency, subtotal: lines.reduce((sum, line) => sum + line.amount_subtotal, 0) };
}

/**
 * Judges what is to be paid in the end.
 *
 * @throws ApiFault 400 when it is under the least, or over the most, that can be charged.
 */
export function judgeTotal(total: number, currency: string): void {
  if (total > maxAmount)
    throw badRequest(`The Checkout Session's total amount must be no more than ${maxAmount} (${currency}).`, { code: 'amount_too_large' });
  if (total > 0 && total < leastCharge(currency))
    throw badRequest(`The Checkout Session's total amount due must add up to at least ${leastCharge(currency)} (${currency}, in minor units).`, {
      code: 'amount_too_small',
    });
}

function lineFor(turn: Turn, line: NewLine, mode: NewSession['mode'], param: string): StoredLineItem {
  const price = priceFor(turn, line, param);
  judgeRhythm(price, mode, `${param}[price]`);
  const quantity = line.quantity ?? 1;
  const amount = (price.unit_amount ?? 0) * quantity;
  const productName = turn.draft.get('product', price.product ?? '')?.name ?? null;
  return {
    id: newId('li_'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: productName,
    metadata: mergeMetadata({}, line.metadata),
    price,
    quantity,
  };
}

function priceFor(turn: Turn, { price: id, price_data: data }: NewLine, param: string): StoredPrice {
  if (id && data) throw badRequest('You may only specify one of these parameters: price, price_data.', { param });
  if (data) return priceFromData(turn, data, `${param}[price_data]`);
  if (!id) throw badRequest(`Missing required param: ${param}[price].`, { code: 'parameter_missing', param: `${param}[price]` });
  const price = turn.draft.get('price', id);
  if (!price) throw noSuchReference('price', id, `${param}[price]`);
  if (!price.active)
    throw badRequest('The price specified is inactive. This field only accepts active prices.', { param: `${param}[price]` });
  return price;
}

/** In `payment` mode nothing recurs, and in the sandbox's `subscription` mode everything does. */
function judgeRhythm({ type }: StoredPrice, mode: NewSession['mode'], param: string): void {
  if (mode === 'payment' && type === 'recurring')
    throw badRequest(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      { param },
    );
  if (mode === 'subscription' && type !== 'recurring')
    throw badRequest('The Stripe sandbox takes only recurring prices in `subscription` mode.', { param });
}

function priceFromData(turn: Turn, data: NonNullable<NewLine['price_data']>, param: string): StoredPrice {
  const { product: id, product_data: productData, ...given } = data;
  if (id && productData) throw badRequest('You may only specify one of these parameters: product, product_data.', { param });
  if (id && !turn.draft.get('product', id)) throw noSuchReference('product', id, `${param}[product]`);
  if (!id && !productData)
    throw badRequest(`Missing required param: ${param}[product].`, { code: 'parameter_missing', param: `${param}[product]` });
  // What is made for one session only is not for sale elsewhere.
  const product = id ?? createProduct(turn, { ...productData, name: productData?.name ?? '', active: false }).id;
  return createPrice(turn, { ...given, product, active: false });
}
