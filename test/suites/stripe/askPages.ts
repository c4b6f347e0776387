/** What leads to Stripe's own pages: checkouts and the customer portal; and the signature of what it tells. */
import Stripe from 'stripe';
import { expect, it } from 'vitest';
import { idOf, ownName, type Visit } from './visit.js';

const inMinutes = (minutes: number): number => Math.floor(Date.now() / 1000) + minutes * 60;

const ticket: Stripe.Checkout.SessionCreateParams = {
  mode: 'payment',
  allowed_payment_method_types: ['card'],
  line_items: [{ price_data: { currency: 'eur', unit_amount: 2500, product_data: { name: 'Workshop ticket' } }, quantity: 1 }],
  payment_intent_data: { metadata: { orderId: 'order-1' } },
  client_reference_id: 'order-1',
  metadata: { orderId: 'order-1' },
  customer_email: 'ada@example.com',
  success_url: 'https://example.com/thanks',
  cancel_url: 'https://example.com/left',
};

/** Asks a place about its pages. */
export function askPages(here: () => Visit): void {
  it('opens the checkout of an order for a while, ends it once, and refuses one that is too short', async () => {
    const { stripe, heard } = here();
    const opened = await stripe.checkout.sessions.create({ ...ticket, locale: 'zh', expires_at: inMinutes(40) });
    expect(opened).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 2500, currency: 'eur', client_reference_id: 'order-1', livemode: false });
    expect(opened.url).toMatch(/^https?:\/\//);
    const looked = await stripe.checkout.sessions.retrieve(opened.id, { expand: ['payment_intent.latest_charge.balance_transaction'] });
    expect(looked).toMatchObject({ id: opened.id, status: 'open', payment_intent: null, metadata: { orderId: 'order-1' } });
    expect(await stripe.checkout.sessions.expire(opened.id)).toMatchObject({ status: 'expired', url: null });
    await heard('checkout.session.expired', opened.id);
    await expect(stripe.checkout.sessions.expire(opened.id)).rejects.toMatchObject({ statusCode: 400 });
    await expect(stripe.checkout.sessions.create({ ...ticket, expires_at: inMinutes(10) })).rejects.toMatchObject({ statusCode: 400, param: 'expires_at' });
  });

  it('opens the checkout of a membership with its trial, and none for a price that is paid once', async () => {
    const { stripe, small, product, join } = here();
    const { customer } = await join(null);
    const membership: Stripe.Checkout.SessionCreateParams = {
      mode: 'subscription',
      customer,
      line_items: [{ price: small, quantity: 1 }],
      client_reference_id: 'membership-1',
      subscription_data: { metadata: { membershipId: 'membership-1' }, trial_period_days: 7, trial_settings: { end_behavior: { missing_payment_method: 'cancel' } } },
      payment_method_collection: 'always',
      success_url: 'https://example.com/thanks',
      cancel_url: 'https://example.com/left',
    };
    const opened = await stripe.checkout.sessions.create(membership);
    expect(opened).toMatchObject({ mode: 'subscription', status: 'open', subscription: null, amount_total: 0, customer, client_reference_id: 'membership-1' });
    expect(await stripe.checkout.sessions.expire(opened.id)).toMatchObject({ status: 'expired', subscription: null });
    const { id: once } = await stripe.prices.create({ product, currency: 'eur', unit_amount: 1000 });
    await expect(stripe.checkout.sessions.create({ ...membership, line_items: [{ price: once, quantity: 1 }] })).rejects.toMatchObject({ statusCode: 400 });
  });

  it('opens the portal as it was configured, to one customer, for one thing if so wished', async () => {
    const { stripe, product, small, join, leaveBy } = here();
    const offers = ownName('offers');
    const features: Stripe.BillingPortal.ConfigurationCreateParams.Features = {
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode: 'at_period_end' },
      subscription_update: { enabled: true, default_allowed_updates: ['price'], products: [{ product, prices: [small] }], proration_behavior: 'always_invoice' },
    };
    const { id: configuration } = await stripe.billingPortal.configurations.create({ features, metadata: { offers } });
    leaveBy(() => stripe.billingPortal.configurations.update(configuration, { active: false }));
    const all = await stripe.billingPortal.configurations.list({ active: true, limit: 100 }).autoPagingToArray({ limit: 1_000 });
    expect(all.find(({ metadata }) => metadata?.['offers'] === offers)?.features.subscription_update).toMatchObject({ enabled: true, products: [{ product, prices: [small] }] });
    const { customer } = await join('pm_card_visa');
    const asked = { customer, configuration, locale: 'zh', return_url: 'https://example.com/mine' } as const;
    const overview = await stripe.billingPortal.sessions.create(asked);
    expect([idOf(overview.configuration), overview.customer, overview.livemode, overview.flow]).toEqual([configuration, customer, false, null]);
    expect(overview.url).toMatch(/^https?:\/\//);
    expect((await stripe.billingPortal.sessions.create({ ...asked, flow_data: { type: 'payment_method_update' } })).flow?.type).toBe('payment_method_update');
    await expect(stripe.billingPortal.sessions.create({ ...asked, customer: 'cus_none' })).rejects.toMatchObject({ statusCode: 400, param: 'customer' });
  });

  it('keeps what it has told, by type and time, in the form in which it is signed', async () => {
    const { stripe, product, heard } = here();
    await heard('product.created', product);
    const created = { gte: inMinutes(-60) };
    const types = ['product.created', 'price.created'];
    const { data } = await stripe.events.list({ types, created, limit: 100 });
    expect(new Set(data.map(({ type }) => type))).toEqual(new Set(types));
    const [event] = data;
    const [payload, secret] = [JSON.stringify(event), 'whsec_own'];
    const header = stripe.webhooks.generateTestHeaderString({ payload, secret });
    expect(stripe.webhooks.constructEvent(payload, header, secret, 300)).toMatchObject({ id: event?.id, livemode: false });
    expect(() => stripe.webhooks.constructEvent(`${payload} `, header, secret, 300)).toThrow(Stripe.errors.StripeSignatureVerificationError);
  });
}
