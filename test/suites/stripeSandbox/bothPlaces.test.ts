/**
 * What Guildhall asks of Stripe, asked in both places: of the sandbox always and, with `STRIPE_TEST_KEY`, of Stripe's own test
 * mode. Nothing here knows which one answers, so it speaks through the SDK alone; time passes by test clocks.
 */
import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop } from './shop.js';

interface Place {
  stripe: Stripe;
  close(): Promise<void>;
}

async function openSandbox(): Promise<Place> {
  const shop = await openShop();
  return { stripe: shop.stripe, close: () => shop.close() };
}

/** @throws Error - the key is one that moves money. */
function openTestMode(key: string): Place {
  if (!/^[sr]k_test_/.test(key)) throw new Error('STRIPE_TEST_KEY is no key of test mode');
  return { stripe: new Stripe(key, { telemetry: false }), close: () => Promise.resolve() };
}

const testKey = process.env['STRIPE_TEST_KEY'];
const places: [string, () => Place | Promise<Place>][] = [['the sandbox', openSandbox]];
if (testKey) places.push(['Stripe’s test mode', () => openTestMode(testKey)]);

const day = 24 * 3600;
/** A network and a queue lie between; the sandbox needs none of it. */
const patience = { timeout: 90_000, interval: 500 };
const idOf = (object: string | { id: string } | null | undefined): string => (typeof object === 'string' ? object : (object?.id ?? ''));

describe.each(places)('%s', { timeout: 120_000 }, (_name, open) => {
  let place: Place;
  let stripe: Stripe;
  let product: string;
  let [small, large] = ['', ''];
  const clocks: string[] = [];

  beforeAll(async () => {
    place = await open();
    ({ stripe } = place);
    product = (await stripe.products.create({ name: 'Supporter' })).id;
    const monthly = async (unit_amount: number): Promise<string> => (await stripe.prices.create({ product, currency: 'eur', unit_amount, recurring: { interval: 'month' } })).id;
    [small, large] = [await monthly(1000), await monthly(2500)];
  });

  afterAll(async () => {
    // Their customers and subscriptions go with them.
    for (const clock of clocks) await stripe.testHelpers.testClocks.del(clock);
    await stripe.products.update(product, { active: false });
    await place.close();
  });

  interface Member {
    customer: string;
    /** Lets so many seconds pass for this member. */
    pass(seconds: number): Promise<void>;
    giveCard(card: string): Promise<void>;
    subscribe(price: string, more?: Partial<Stripe.SubscriptionCreateParams>): Promise<Stripe.Subscription>;
  }

  async function join(card = 'pm_card_visa'): Promise<Member> {
    let time = Math.floor(Date.now() / 1000);
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: time });
    clocks.push(clock.id);
    const customer = (await stripe.customers.create({ test_clock: clock.id, email: 'ada@example.com' })).id;
    const member: Member = {
      customer,
      async pass(seconds) {
        time += seconds;
        await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: time });
        await expect.poll(async () => (await stripe.testHelpers.testClocks.retrieve(clock.id)).status, patience).toBe('ready');
      },
      async giveCard(method) {
        const { id } = await stripe.paymentMethods.attach(method, { customer });
        await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
      },
      subscribe: (price, more) => stripe.subscriptions.create({ customer, items: [{ price }], ...more }),
    };
    await member.giveCard(card);
    return member;
  }

  const look = (id: string): Promise<Stripe.Subscription> => stripe.subscriptions.retrieve(id);

  it('keeps what a price costs, and finds it by its lookup key', async () => {
    const lookup_key = `supporter-${randomUUID()}`;
    const first = await stripe.prices.create({ product, currency: 'jpy', unit_amount: 1200, lookup_key });
    const second = await stripe.prices.create({ product, currency: 'jpy', unit_amount: 1500, lookup_key, transfer_lookup_key: true });
    expect((await stripe.prices.list({ lookup_keys: [lookup_key] })).data.map(({ id }) => id)).toEqual([second.id]);
    expect(await stripe.prices.update(first.id, { active: false })).toMatchObject({ unit_amount: 1200, active: false, lookup_key: null });
  });

  it('opens a checkout for a while, ends it once, and refuses one that is too short', async () => {
    const session: Stripe.Checkout.SessionCreateParams = { mode: 'payment', line_items: [{ price_data: { currency: 'eur', unit_amount: 2500, product_data: { name: 'Workshop ticket' } }, quantity: 1 }], success_url: 'https://example.com/thanks' };
    const opened = await stripe.checkout.sessions.create({ ...session, client_reference_id: 'order-1', expires_at: Math.floor(Date.now() / 1000) + 31 * 60 });
    expect(opened).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 2500, currency: 'eur', client_reference_id: 'order-1', livemode: false, payment_intent: null });
    expect(opened.url).toMatch(/^https?:\/\//);
    expect(await stripe.checkout.sessions.expire(opened.id)).toMatchObject({ status: 'expired', url: null });
    await expect(stripe.checkout.sessions.expire(opened.id)).rejects.toMatchObject({ statusCode: 400 });
    await expect(stripe.checkout.sessions.create({ ...session, expires_at: Math.floor(Date.now() / 1000) + 600 })).rejects.toMatchObject({ statusCode: 400, param: 'expires_at' });
  });

  it('answers a repeated key with the first answer, and refuses it for anything else', async () => {
    const key = { idempotencyKey: randomUUID() };
    const first = await stripe.customers.create({ name: 'Ada' }, key);
    const again = await stripe.customers.create({ name: 'Ada' }, key);
    expect([again.id, again.lastResponse.headers['idempotent-replayed']]).toEqual([first.id, 'true']);
    await expect(stripe.customers.create({ name: 'Grace' }, key)).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    await stripe.customers.del(first.id);
  });

  it('charges, tells its fee, and gives back in parts up to the whole', async () => {
    const member = await join();
    const { latest_invoice } = await member.subscribe(large);
    const paid = await stripe.invoicePayments.list({ invoice: idOf(latest_invoice) });
    const intent = await stripe.paymentIntents.retrieve(idOf(paid.data[0]?.payment.payment_intent), { expand: ['latest_charge.balance_transaction'] });
    const charge = intent.latest_charge as Stripe.Charge;
    const booked = charge.balance_transaction as Stripe.BalanceTransaction;
    expect([intent.status, charge.amount, booked.reporting_category, booked.net]).toEqual(['succeeded', 2500, 'charge', booked.amount - booked.fee]);
    expect(booked.fee).toBeGreaterThan(0);
    const giveBack = (amount: number) => stripe.refunds.create({ payment_intent: intent.id, amount });
    expect(await giveBack(1000)).toMatchObject({ status: 'succeeded', amount: 1000 });
    await expect(giveBack(1501)).rejects.toMatchObject({ statusCode: 400 });
    await giveBack(1500);
    await expect(giveBack(1)).rejects.toMatchObject({ code: 'charge_already_refunded' });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 2500, refunded: true });
    await expect.poll(async () => (await stripe.events.list({ type: 'charge.refunded' })).data.some(({ data }) => (data.object as Stripe.Charge).id === charge.id), patience).toBe(true);
  });

  it('costs what the preview of a change said, to the cent', async () => {
    const member = await join();
    const begun = await member.subscribe(small);
    await member.pass(11 * day);
    const items = [{ id: begun.items.data[0]?.id ?? '', price: large }];
    const preview = await stripe.invoices.createPreview({ customer: member.customer, subscription: begun.id, subscription_details: { items, proration_behavior: 'always_invoice' } });
    const changed = await stripe.subscriptions.update(begun.id, { items, proration_behavior: 'always_invoice', payment_behavior: 'error_if_incomplete' });
    const invoice = await stripe.invoices.retrieve(idOf(changed.latest_invoice));
    expect([invoice.total, invoice.amount_paid, invoice.lines.data.map(({ amount }) => amount)]).toEqual([preview.total, preview.amount_due, preview.lines.data.map(({ amount }) => amount)]);
    expect(invoice.total).toBeGreaterThan(0);
  });

  it('lets a downgrade wait for the period’s end', async () => {
    const member = await join();
    const { id, items } = await member.subscribe(large);
    const [start, end] = [items.data[0]?.current_period_start ?? 0, items.data[0]?.current_period_end ?? 0];
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id });
    await stripe.subscriptionSchedules.update(schedule.id, {
      end_behavior: 'release',
      phases: [{ items: [{ price: large, quantity: 1 }], start_date: start, end_date: end }, { items: [{ price: small, quantity: 1 }], proration_behavior: 'none', duration: { interval: 'month', interval_count: 1 } }],
    });
    const price = async (): Promise<string | undefined> => (await look(id)).items.data[0]?.price.id;
    await member.pass(end - start - day);
    expect(await price()).toBe(large);
    await member.pass(day + 2 * 3600);
    expect(await price()).toBe(small);
  });

  it('begins a trial for nothing, and ends what was cancelled when its time is over', async () => {
    const member = await join();
    const begun = await member.subscribe(small, { trial_period_days: 7 });
    expect([begun.status, (await stripe.invoices.retrieve(idOf(begun.latest_invoice))).amount_paid]).toEqual(['trialing', 0]);
    await member.pass(7 * day + 2 * 3600);
    expect((await look(begun.id)).status).toBe('active');
    await stripe.subscriptions.update(begun.id, { cancel_at_period_end: true });
    expect((await look(begun.id)).status).toBe('active');
    await member.pass(32 * day);
    expect((await look(begun.id)).status).toBe('canceled');
  });

  it('is late when a card fails, and active again with another', async () => {
    const member = await join();
    const { id } = await member.subscribe(small);
    await member.giveCard('pm_card_chargeCustomerFail');
    await expect(member.subscribe(large, { payment_behavior: 'error_if_incomplete' })).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' });
    await member.pass(32 * day);
    const late = await look(id);
    expect(late.status).toBe('past_due');
    await member.giveCard('pm_card_mastercard');
    expect(await stripe.invoices.pay(idOf(late.latest_invoice))).toMatchObject({ status: 'paid' });
    expect((await look(id)).status).toBe('active');
  });

  it('takes a promotion code as often as its coupon goes', async () => {
    const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'once', max_redemptions: 5 });
    const made = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: `S${randomUUID().slice(0, 8)}`, max_redemptions: 2 });
    expect(made).toMatchObject({ active: true, times_redeemed: 0, max_redemptions: 2 });
    await stripe.coupons.del(coupon.id);
    const member = await join();
    await expect(member.subscribe(small, { discounts: [{ coupon: coupon.id }] })).rejects.toMatchObject({ statusCode: 400 });
  });
});
