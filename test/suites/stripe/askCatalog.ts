/** What is sold and to whom: products, prices, coupons, customers; and what holds for every call. */
import Stripe from 'stripe';
import { expect, it } from 'vitest';
import { ownName, type Visit } from './visit.js';

/** Asks a place about what is sold. */
export function askCatalog(here: () => Visit): void {
  it('finds a product by the id its maker gave it, under its newest name', async () => {
    const { stripe, leaveBy } = here();
    const id = ownName('tier').replaceAll('-', '_');
    expect((await stripe.products.list({ ids: [id] })).data).toEqual([]);
    await stripe.products.create({ id, name: 'Supporter' });
    leaveBy(() => stripe.products.del(id));
    await stripe.products.update(id, { name: 'Friend' });
    expect((await stripe.products.list({ ids: [id] })).data.map(({ name, livemode }) => [name, livemode])).toEqual([['Friend', false]]);
    await expect(stripe.products.create({ id, name: 'Twice' })).rejects.toMatchObject({ statusCode: 400, code: 'resource_already_exists' });
  });

  it('keeps what a price costs, and finds it by its lookup key', async () => {
    const { stripe, product } = here();
    const lookup_key = ownName('supporter');
    const first = await stripe.prices.create({ product, currency: 'jpy', unit_amount: 1200, lookup_key });
    const second = await stripe.prices.create({ product, currency: 'jpy', unit_amount: 1500, lookup_key, transfer_lookup_key: true });
    expect((await stripe.prices.list({ lookup_keys: [lookup_key] })).data.map(({ id }) => id)).toEqual([second.id]);
    expect(await stripe.prices.update(first.id, { active: false })).toMatchObject({ unit_amount: 1200, active: false, lookup_key: null });
    await expect(stripe.prices.create({ product, currency: 'jpy', unit_amount: 1500, lookup_key })).rejects.toMatchObject({ statusCode: 400 });
  });

  it('takes a promotion code off, as often as it goes', async () => {
    const { stripe, join, small, leaveBy } = here();
    const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'once' });
    leaveBy(() => stripe.coupons.del(coupon.id));
    const code = ownName('S').replaceAll('-', '').toUpperCase();
    const { id: promotion_code } = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code, max_redemptions: 1 });
    const payer = await join('pm_card_visa');
    const { latest_invoice } = await payer.subscribe(small, { discounts: [{ promotion_code }], expand: ['latest_invoice'] });
    expect(latest_invoice).toMatchObject({ subtotal: 1000, total: 800, amount_paid: 800 });
    expect(await stripe.promotionCodes.retrieve(promotion_code)).toMatchObject({ times_redeemed: 1, max_redemptions: 1 });
    await expect(payer.subscribe(small, { discounts: [{ promotion_code }] })).rejects.toMatchObject({ statusCode: 400 });
    await expect(payer.subscribe(small, { discounts: [{ coupon: ownName('none') }] })).rejects.toMatchObject({ statusCode: 400, code: 'resource_missing' });
  });

  it('keeps customers, tells of their changes, and shows what is left of one who went', async () => {
    const { stripe, heard } = here();
    const email = `${ownName('ada')}@example.com`;
    const { id } = await stripe.customers.create({ email, metadata: { memberId: 'm1' } });
    await stripe.customers.update(id, { name: 'Ada', metadata: { memberId: '', other: 'o1' } });
    await heard('customer.updated', id);
    expect(await stripe.customers.retrieve(id)).toMatchObject({ email, name: 'Ada', metadata: { other: 'o1' } });
    await stripe.customers.del(id);
    expect(await stripe.customers.retrieve(id)).toEqual(expect.objectContaining({ id, deleted: true }));
  });

  it('answers a repeated key with the first answer, refusals too, and refuses it for anything else', async () => {
    const { stripe, leaveBy } = here();
    const key = { idempotencyKey: ownName('key') };
    const first = await stripe.customers.create({ name: 'Ada' }, key);
    leaveBy(() => stripe.customers.del(first.id));
    const again = await stripe.customers.create({ name: 'Ada' }, key);
    expect([again.id, again.lastResponse.headers['idempotent-replayed']]).toEqual([first.id, 'true']);
    await expect(stripe.customers.create({ name: 'Grace' }, key)).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    await expect(stripe.products.create({ name: 'Ada' }, key)).rejects.toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
    const declined = { idempotencyKey: ownName('key') };
    const decline = async (): Promise<unknown> =>
      stripe.paymentIntents.create({ amount: 1000, currency: 'eur', allowed_payment_method_types: ['card'], payment_method: 'pm_card_chargeDeclined', confirm: true }, declined).catch((error: Stripe.errors.StripeError) => [error.code, error.payment_intent?.id]);
    const refusal = await decline();
    expect(refusal).toEqual(['card_declined', expect.stringMatching(/^pi_/)]);
    expect(await decline()).toEqual(refusal);
  });

  it('lists in pages both ways, each thing once, and speaks the version of the SDK', async () => {
    const { stripe, leaveBy } = here();
    const email = `${ownName('page')}@example.com`;
    const made: string[] = [];
    for (let count = 0; count < 3; count += 1) made.unshift((await stripe.customers.create({ email })).id);
    leaveBy(() => Promise.all(made.map((id) => stripe.customers.del(id))));
    const page = async (cursor: object): Promise<[string[], boolean]> => {
      const { data, has_more: hasMore } = await stripe.customers.list({ email, limit: 2, ...cursor });
      return [data.map(({ id }) => id), hasMore];
    };
    const [newest = '', middle = '', oldest = ''] = made;
    expect(await page({})).toEqual([[newest, middle], true]);
    expect(await page({ starting_after: middle })).toEqual([[oldest], false]);
    expect(await page({ ending_before: oldest })).toEqual([[newest, middle], false]);
    expect((await stripe.customers.list({ email, limit: 1 }).autoPagingToArray({ limit: 10 })).map(({ id }) => id)).toEqual(made);
    expect((await stripe.customers.list({ limit: 1 })).lastResponse.apiVersion).toBe(Stripe.API_VERSION);
  });

  it('refuses what it does not know, with the parameter’s name', async () => {
    const { stripe } = here();
    await expect(stripe.customers.retrieve('cus_none')).rejects.toMatchObject({ statusCode: 404, code: 'resource_missing' });
    await expect(stripe.prices.create({ product: 'prod_none', currency: 'eur', unit_amount: 1 })).rejects.toMatchObject({ statusCode: 400, code: 'resource_missing', param: 'product' });
    const unheardOf: Stripe.CustomerCreateParams & { colour: string } = { colour: 'green' };
    await expect(stripe.customers.create(unheardOf)).rejects.toMatchObject({ statusCode: 400, code: 'parameter_unknown', param: 'colour' });
  });
}
