/** The road of the money: a session, the payment page, webhooks, a refund; all with the unchanged SDK. */
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './shop.js';

let shop: Shop;
beforeEach(async () => { shop = await openShop(); });
afterEach(() => shop.close());

const intentOf = (session: Stripe.Checkout.Session): string => String(session.payment_intent);

describe('buying', () => {
  it('goes from a session to a charge, and tells of it in order with signatures that verify', async () => {
    const session = await shop.openSession({ client_reference_id: 'order-1', metadata: { seat: '7' } });
    expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 2500, currency: 'eur', livemode: false });
    expect(session.url).toBe(`${shop.url}/stripe-sandbox/c/${session.id}`);

    const paid = await shop.click(session, 'pay', 'ada@example.com');
    expect(paid.status).toBe(303);
    expect(paid.headers.get('location')).toBe(`${shop.url}/thanks?session=${session.id}`);

    const complete = await shop.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent.latest_charge.balance_transaction', 'line_items.data.price.product'],
    });
    expect(complete).toMatchObject({
      status: 'complete', payment_status: 'paid', url: null, client_reference_id: 'order-1', metadata: { seat: '7' },
      customer_details: { email: 'ada@example.com' },
      payment_intent: {
        status: 'succeeded', amount_received: 2500,
        latest_charge: { status: 'succeeded', paid: true, balance_transaction: { amount: 2500, fee: 103, net: 2397, type: 'charge', status: 'pending' } },
      },
      line_items: { data: [{ amount_total: 2500, quantity: 1, price: { unit_amount: 2500, product: { name: 'Workshop ticket' } } }] },
    });

    await shop.sandbox.webhooks.settled();
    expect(shop.heardTypes()).toEqual([
      'product.created', 'price.created', 'payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded', 'checkout.session.completed',
    ]);
    for (const { body, signature } of shop.heard) {
      const event = shop.stripe.webhooks.constructEvent(body, signature, shop.sandbox.webhookSecret);
      expect(event).toMatchObject({ livemode: false, pending_webhooks: 1, api_version: '2026-10-28.endive' });
      expect(() => shop.stripe.webhooks.constructEvent(`${body} `, signature, shop.sandbox.webhookSecret)).toThrow(/signature/i);
    }
    const [first] = shop.heard;
    expect(await shop.stripe.events.retrieve(first?.event.id ?? '')).toMatchObject({ type: 'product.created', pending_webhooks: 0 });
  });

  it('charges once, however often one clicks', async () => {
    const session = await shop.openSession();
    const clicks = await Promise.all([1, 2, 3, 4].map(() => shop.click(session, 'pay')));
    expect(clicks.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    expect(new Set(clicks.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect((await shop.stripe.charges.list()).data).toHaveLength(1);
    await shop.sandbox.webhooks.settled();
    expect(shop.heardTypes().filter((type) => type === 'checkout.session.completed')).toHaveLength(1);
  });

  it('says that the card was declined, and takes the next attempt on the same intent', async () => {
    const session = await shop.openSession();
    const page = `${shop.url}/stripe-sandbox/c/${session.id}`;
    expect(await (await fetch(page)).text()).not.toContain('The card was declined');

    const declined = await shop.click(session, 'decline');
    expect([declined.status, declined.headers.get('location')]).toEqual([303, `/stripe-sandbox/c/${session.id}`]);
    expect(await (await fetch(page)).text()).toContain('The card was declined');
    const tried = await shop.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(tried).toMatchObject({
      status: 'open', payment_status: 'unpaid',
      payment_intent: { status: 'requires_payment_method', last_payment_error: { code: 'card_declined', decline_code: 'generic_decline' } },
    });

    await shop.click(session, 'pay');
    const complete = await shop.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(complete).toMatchObject({ status: 'complete', payment_intent: { id: (tried.payment_intent as Stripe.PaymentIntent).id, last_payment_error: null } });
    const charges = await shop.stripe.charges.list({ payment_intent: (complete.payment_intent as Stripe.PaymentIntent).id });
    expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
    await shop.sandbox.webhooks.settled();
    expect(shop.heardTypes().slice(2)).toEqual([
      'payment_intent.created', 'charge.failed', 'payment_intent.payment_failed', 'charge.succeeded', 'payment_intent.succeeded', 'checkout.session.completed',
    ]);
  });

  it('completes an order that costs nothing without a card', async () => {
    const session = await shop.openSession({
      line_items: [{ price_data: { currency: 'eur', unit_amount: 0, product_data: { name: 'Guest ticket' } } }],
    });
    await shop.click(session, 'pay');
    const complete = await shop.stripe.checkout.sessions.retrieve(session.id);
    expect(complete).toMatchObject({ status: 'complete', payment_status: 'no_payment_required', payment_intent: null });
    expect((await shop.stripe.charges.list()).data).toEqual([]);
  });

  it('makes a customer when the session asks for one, and uses the one it is given', async () => {
    const session = await shop.openSession({ customer_creation: 'always' });
    await shop.click(session, 'pay', 'grace@example.com');
    const { customer } = await shop.stripe.checkout.sessions.retrieve(session.id);
    expect(await shop.stripe.customers.retrieve(String(customer))).toMatchObject({ email: 'grace@example.com' });

    const again = await shop.openSession({ customer: String(customer) });
    await shop.click(again, 'pay', 'someone-else@example.com');
    expect(await shop.stripe.checkout.sessions.retrieve(again.id)).toMatchObject({ customer, customer_details: { email: 'grace@example.com' } });
    expect((await shop.stripe.customers.list({ email: 'grace@example.com' })).data).toHaveLength(1);
  });
});

describe('refunding', () => {
  it('gives back in parts up to the whole, never more', async () => {
    const session = await shop.openSession();
    await shop.click(session, 'pay');
    const payment_intent = intentOf(await shop.stripe.checkout.sessions.retrieve(session.id));

    const part = await shop.stripe.refunds.create({ payment_intent, amount: 1000, reason: 'requested_by_customer', metadata: { order: '1' } });
    expect(part).toMatchObject({ amount: 1000, status: 'succeeded', currency: 'eur', metadata: { order: '1' } });
    await expect(shop.stripe.refunds.create({ payment_intent, amount: 1501 })).rejects.toMatchObject({ statusCode: 400, param: 'amount' });
    const rest = await shop.stripe.refunds.create({ payment_intent, expand: ['charge.refunds', 'balance_transaction'] });
    expect(rest).toMatchObject({
      amount: 1500,
      charge: { refunded: true, amount_refunded: 2500, refunds: { data: [{ amount: 1500 }, { amount: 1000 }] } },
      balance_transaction: { amount: -1500, fee: 0, net: -1500, type: 'refund' },
    });
    await expect(shop.stripe.refunds.create({ payment_intent })).rejects.toMatchObject({ code: 'charge_already_refunded', statusCode: 400 });

    expect((await shop.stripe.refunds.list({ payment_intent })).data.map(({ amount }) => amount)).toEqual([1500, 1000]);
    const books = await shop.stripe.balanceTransactions.list();
    expect(books.data.reduce((sum, { net }) => sum + net, 0)).toBe(-103);
    await shop.sandbox.webhooks.settled();
    const refunded = shop.heard.filter(({ event }) => event.type === 'charge.refunded');
    expect(refunded.map(({ event }) => event.data)).toMatchObject([
      { object: { amount_refunded: 1000, refunded: false }, previous_attributes: { amount_refunded: 0 } },
      { object: { amount_refunded: 2500, refunded: true }, previous_attributes: { amount_refunded: 1000, refunded: false } },
    ]);
  });

  it('refuses what was never charged', async () => {
    const session = await shop.openSession();
    await shop.click(session, 'decline');
    const payment_intent = intentOf(await shop.stripe.checkout.sessions.retrieve(session.id));
    await expect(shop.stripe.refunds.create({ payment_intent })).rejects.toMatchObject({ statusCode: 400, param: 'payment_intent' });
    await expect(shop.stripe.refunds.create({})).rejects.toMatchObject({ code: 'parameter_missing' });
    await expect(shop.stripe.refunds.create({ charge: 'ch_none' })).rejects.toMatchObject({ code: 'resource_missing', param: 'charge' });
  });
});

describe('expiry', () => {
  it('expires a session when its time has come, at the moment it is looked at', async () => {
    const session = await shop.openSession({ expires_at: Math.floor(shop.clock.ms / 1000) + 1800 });
    await shop.click(session, 'decline');
    shop.clock.ms += 1_799_000;
    expect((await shop.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');

    shop.clock.ms += 2000;
    const expired = await shop.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(expired).toMatchObject({ status: 'expired', url: null, payment_intent: { status: 'canceled', cancellation_reason: 'expired' } });
    expect((await shop.click(session, 'pay')).headers.get('location')).toBe(`/stripe-sandbox/c/${session.id}`);
    const page = await fetch(`${shop.url}/stripe-sandbox/c/${session.id}`);
    expect([page.status, await page.text()]).toEqual([410, expect.stringContaining('This page has expired')]);
    expect((await shop.stripe.charges.list()).data.map(({ status }) => status)).toEqual(['failed']);
    await shop.sandbox.webhooks.settled();
    expect(shop.heardTypes().at(-1)).toBe('checkout.session.expired');
  });

  it('expires by the clock alone, and tells of it', async () => {
    const session = await shop.openSession();
    shop.clock.ms += 24 * 3_600_000 + 1000;
    await shop.sandbox.catchUp();
    await shop.sandbox.webhooks.settled();
    expect(shop.heard.at(-1)?.event).toMatchObject({ type: 'checkout.session.expired', data: { object: { id: session.id, status: 'expired' } } });
  });

  it('expires at the creator’s word, once, and not after payment', async () => {
    const session = await shop.openSession();
    expect((await shop.stripe.checkout.sessions.expire(session.id)).status).toBe('expired');
    await expect(shop.stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ statusCode: 400 });
    const paid = await shop.openSession();
    await shop.click(paid, 'pay');
    await expect(shop.stripe.checkout.sessions.expire(paid.id)).rejects.toMatchObject({ statusCode: 400 });
    shop.clock.ms += 25 * 3_600_000;
    expect((await shop.stripe.checkout.sessions.retrieve(paid.id)).status).toBe('complete');
  });

  it.each([[1799, 'at least 30 minutes'], [86_401, 'less than 24 hours']])('refuses to expire after %i seconds', async (after, why) => {
    const expires_at = Math.floor(shop.clock.ms / 1000) + after;
    await expect(shop.openSession({ expires_at })).rejects.toMatchObject({ param: 'expires_at', message: expect.stringContaining(why) });
    expect((await shop.stripe.checkout.sessions.list()).data).toEqual([]);
  });
});
