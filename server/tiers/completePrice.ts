import type { Deps } from '../deps.js';
import { TierPrice, type TierPriceDocument } from '../models/memberships/tierPrice.js';
import { Tier, type TierDocument } from '../models/tier.js';

/**
 * Has Stripe know a price: the tier is its product, under an id of ours; the price is found again by a lookup key of ours. So
 * whatever a crash cut off is gone on with, and made once, also after Stripe's idempotency keys have run out.
 *
 * @throws whatever Stripe's SDK throws; then the price is as it was.
 */
export async function completePrice(deps: Deps, price: TierPriceDocument): Promise<TierPriceDocument> {
  if (price.stripePriceId !== null) return price;
  const tier = await Tier.findOne({ key: price.tierKey }).orFail().lean();
  const product = await nameProduct(deps, tier);
  const stripePriceId = (await findPrice(deps, price)) ?? (await makePrice(deps, price, product));
  return TierPrice.findByIdAndUpdate(price._id, { $set: { stripePriceId } }, { returnDocument: 'after' }).orFail().lean();
}

/**
 * Has Stripe sell the tier under the name that it has: receipts bear it.
 *
 * @returns the product's id.
 * @throws whatever Stripe's SDK throws.
 */
export async function nameProduct({ payments: { stripe } }: Deps, { _id, name }: TierDocument): Promise<string> {
  const id = `tier_${String(_id)}`;
  const [known] = (await stripe.products.list({ ids: [id] })).data;
  if (!known) await stripe.products.create({ id, name }, { idempotencyKey: `product:${id}:${name}` });
  else if (known.name !== name) await stripe.products.update(id, { name });
  await Tier.updateOne({ _id }, { $set: { productName: name } });
  return id;
}

const lookupKeyOf = ({ _id }: TierPriceDocument): string => `tier_price_${String(_id)}`;

async function findPrice({ payments: { stripe } }: Deps, price: TierPriceDocument): Promise<string | null> {
  const { data } = await stripe.prices.list({ lookup_keys: [lookupKeyOf(price)] });
  return data[0]?.id ?? null;
}

async function makePrice({ payments: { stripe } }: Deps, price: TierPriceDocument, product: string): Promise<string> {
  const made = await stripe.prices.create(
    {
      product,
      currency: price.currency,
      unit_amount: price.amount,
      recurring: { interval: price.interval },
      lookup_key: lookupKeyOf(price),
      metadata: { priceId: String(price._id), tierKey: price.tierKey },
    },
    { idempotencyKey: lookupKeyOf(price) },
  );
  return made.id;
}
