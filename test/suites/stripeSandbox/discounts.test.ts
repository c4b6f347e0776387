/** Coupons and promotion codes: what they take off, to the minor unit, and to whom they are given. */
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './shop.js';

let shop: Shop;
beforeEach(async () => { shop = await openShop(); });
afterEach(() => shop.close());

const lines = (...amounts: number[]): Stripe.Checkout.SessionCreateParams.LineItem[] =>
  amounts.map((unit_amount) => ({ price_data: { currency: 'eur', unit_amount, product_data: { name: 'Ticket' } } }));
const makeCode = async (code: Partial<Stripe.PromotionCodeCreateParams> = {}, coupon: Stripe.CouponCreateParams = { percent_off: 20 }) => {
  const made = await shop.stripe.coupons.create(coupon);
  return shop.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: made.id }, ...code });
};
const writeCode = (session: Stripe.Checkout.Session, code: string) =>
  fetch(`${shop.url}/stripe-sandbox/c/${session.id}/code`, { method: 'POST', body: new URLSearchParams({ code }), redirect: 'manual' });

describe('a coupon', () => {
  it.each<[string, Stripe.CouponCreateParams, number[], number[]]>([
    ['takes a share off, and deals the rest of the cents out', { percent_off: 10 }, [333, 333, 333], [34, 33, 33]],
    ['rounds half up, once', { percent_off: 12.5 }, [100, 104], [13, 13]],
    ['takes an amount off, in proportion', { amount_off: 100, currency: 'eur' }, [100, 200], [33, 67]],
    ['takes off no more than there is', { amount_off: 9_000, currency: 'eur' }, [100, 200], [100, 200]],
    ['gives it all', { percent_off: 100 }, [2500], [2500]],
  ])('%s', async (_what, coupon, amounts, off) => {
    const { id } = await shop.stripe.coupons.create(coupon);
    const session = await shop.openSession({ line_items: lines(...amounts), discounts: [{ coupon: id }] });
    const listed = await shop.stripe.checkout.sessions.listLineItems(session.id);
    expect(listed.data.map((line) => line.amount_discount)).toEqual(off);
    const [all, less] = [amounts, off].map((each) => each.reduce((sum, one) => sum + one, 0)) as [number, number];
    expect(session).toMatchObject({
      amount_subtotal: all, amount_total: all - less, total_details: { amount_discount: less }, discounts: [{ coupon: id, promotion_code: null }],
      payment_status: all === less ? 'no_payment_required' : 'unpaid',
    });
    await shop.click(session, 'pay');
    expect((await shop.stripe.charges.list()).data.map(({ amount }) => amount)).toEqual(all === less ? [] : [all - less]);
    expect(await shop.stripe.coupons.retrieve(id)).toMatchObject({ times_redeemed: 1, valid: true });
  });

  it('is for the products it names', async () => {
    const product = await shop.stripe.products.create({ name: 'Workshop' });
    const price = await shop.stripe.prices.create({ product: product.id, currency: 'eur', unit_amount: 1000 });
    const { id } = await shop.stripe.coupons.create({ percent_off: 50, applies_to: { products: [product.id] } });
    const session = await shop.openSession({ line_items: [{ price: price.id }, ...lines(1000)], discounts: [{ coupon: id }] });
    expect(session).toMatchObject({ amount_total: 1500 });
  });

  it.each<[string, Stripe.CouponCreateParams, { code?: string; param?: string }]>([
    ['nothing to take off', {}, { code: 'parameter_missing' }],
    ['two things to take off', { percent_off: 10, amount_off: 5, currency: 'eur' }, { param: 'amount_off' }],
    ['no currency', { amount_off: 5 }, { param: 'currency' }],
    ['more than all', { percent_off: 101 }, { param: 'percent_off' }],
    ['months without repeating', { percent_off: 10, duration_in_months: 3 }, { param: 'duration_in_months' }],
    ['an end that is past', { percent_off: 10, redeem_by: 1 }, { param: 'redeem_by' }],
    ['a product that is not there', { percent_off: 10, applies_to: { products: ['prod_none'] } }, { code: 'resource_missing' }],
  ])('is refused with %s', async (_what, coupon, refusal) => {
    await expect(shop.stripe.coupons.create(coupon)).rejects.toMatchObject({ statusCode: 400, ...refusal });
    expect((await shop.stripe.coupons.list()).data).toEqual([]);
  });

  it('goes no more once it is used up, has run out, or was deleted; what it gave stays given', async () => {
    const once = await shop.stripe.coupons.create({ id: 'ONCE', percent_off: 50, max_redemptions: 1 });
    const brief = await shop.stripe.coupons.create({ percent_off: 50, redeem_by: Math.floor(shop.clock.ms / 1000) + 60 });
    const gone = await shop.stripe.coupons.create({ percent_off: 50 });
    const paid = await shop.openSession({ discounts: [{ coupon: once.id }] });
    await shop.click(paid, 'pay');
    shop.clock.ms += 61_000;
    expect(await shop.stripe.coupons.del(gone.id)).toEqual(expect.objectContaining({ id: gone.id, deleted: true }));
    for (const coupon of [once, brief, gone]) await expect(shop.openSession({ discounts: [{ coupon: coupon.id }] })).rejects.toMatchObject({ statusCode: 400 });
    expect(await shop.stripe.coupons.retrieve('ONCE')).toMatchObject({ valid: false, times_redeemed: 1 });
    const session = await shop.stripe.checkout.sessions.retrieve(paid.id, { expand: ['discounts.coupon'] });
    expect(session).toMatchObject({ amount_total: 1250, discounts: [{ coupon: { id: 'ONCE', object: 'coupon' } }] });
  });
});

describe('a promotion code', () => {
  it('is written on the payment page, in whatever case, and taken off again', async () => {
    const code = await makeCode({ code: 'Summer20' });
    const session = await shop.openSession({ allow_promotion_codes: true });
    expect((await writeCode(session, 'summer20')).status).toBe(303);
    expect(await shop.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ amount_total: 2000, discounts: [{ promotion_code: code.id }] });
    expect(await (await fetch(`${shop.url}/stripe-sandbox/c/${session.id}`)).text()).toContain('Summer20');
    expect((await writeCode(session, '')).status).toBe(303);
    expect(await shop.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ amount_total: 2500, discounts: [] });

    // A code between two attempts changes what the second one takes.
    await shop.click(session, 'decline');
    await writeCode(session, 'SUMMER20');
    await shop.click(session, 'pay');
    expect((await shop.stripe.paymentIntents.list()).data).toMatchObject([{ amount: 2000, amount_received: 2000 }]);
    expect(await shop.stripe.promotionCodes.retrieve(code.id, { expand: ['promotion.coupon'] })).toMatchObject({ times_redeemed: 1, promotion: { coupon: { times_redeemed: 1 } } });
  });

  it('that cannot be used is said so, and changes nothing', async () => {
    await makeCode({ code: 'INACTIVE', active: false });
    await makeCode({ code: 'LARGE', restrictions: { minimum_amount: 5000, minimum_amount_currency: 'eur' } });
    await makeCode({ code: 'NEARLYALL' }, { amount_off: 2499, currency: 'eur' });
    const session = await shop.openSession({ allow_promotion_codes: true });
    for (const code of ['NOSUCH', 'INACTIVE', 'LARGE', 'NEARLYALL']) {
      const page = await writeCode(session, code);
      expect([code, page.status]).toEqual([code, 422]);
      expect(await page.text()).toContain('This code cannot be used here.');
    }
    const closed = await shop.openSession();
    await makeCode({ code: 'FINE' });
    await writeCode(closed, 'FINE');
    for (const { id } of [session, closed]) expect(await shop.stripe.checkout.sessions.retrieve(id)).toMatchObject({ amount_total: 2500, discounts: [] });
  });

  it('is one customer’s, or a first purchase’s, or used so often and no more', async () => {
    const ada = await shop.stripe.customers.create({ name: 'Ada' });
    const bob = await shop.stripe.customers.create({ name: 'Bob' });
    const hers = await makeCode({ customer: ada.id });
    const first = await makeCode({ restrictions: { first_time_transaction: true } });
    const once = await makeCode({ max_redemptions: 1 });
    const open = (customer: Stripe.Customer, code: Stripe.PromotionCode) => shop.openSession({ customer: customer.id, discounts: [{ promotion_code: code.id }] });
    await expect(open(bob, hers)).rejects.toMatchObject({ code: 'promotion_code_customer_mismatch' });
    await shop.click(await open(ada, hers), 'pay');
    await expect(open(ada, first)).rejects.toMatchObject({ code: 'customer_not_first_time' });
    await shop.click(await open(bob, first), 'pay');
    await shop.click(await open(bob, once), 'pay');
    await expect(open(ada, once)).rejects.toMatchObject({ code: 'promotion_code_not_valid' });
  });

  it('is nobody else’s while it is active', async () => {
    const code = await makeCode({ code: 'TWICE' });
    await expect(makeCode({ code: 'twice' })).rejects.toMatchObject({ code: 'resource_already_exists' });
    await shop.stripe.promotionCodes.update(code.id, { active: false });
    await makeCode({ code: 'twice' });
    await expect(shop.stripe.promotionCodes.update(code.id, { active: true })).rejects.toMatchObject({ code: 'resource_already_exists' });
    expect((await shop.stripe.promotionCodes.list({ code: 'Twice', active: true })).data).toHaveLength(1);
  });
});
