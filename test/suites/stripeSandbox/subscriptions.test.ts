/** Subscriptions over time: renewals, trials, changes reckoned to the minor unit, cards that fail; each member on a clock of their own. */
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, sellAgainAndAgain, type Shop } from './shop.js';

let shop: Shop;
let prices: Record<string, string>;
beforeAll(async () => {
  shop = await openShop();
  prices = await sellAgainAndAgain(shop);
});
afterAll(() => shop.close());

const at = (date: string): number => Date.parse(date) / 1000;
const day = 24 * 3600;
const price = (name: string): string => prices[name] ?? '';
const idOf = (object: string | { id: string } | null): string => (typeof object === 'string' ? object : (object?.id ?? ''));

interface Member {
  id: string;
  clock: string;
}
/** A member on a clock that stands at a date of the future, with a card or without. */
async function join(date = '2096-01-31T10:00:00Z', card: string | null = 'pm_card_visa'): Promise<Member> {
  const clock = await shop.stripe.testHelpers.testClocks.create({ frozen_time: at(date) });
  const { id } = await shop.stripe.customers.create({ test_clock: clock.id, email: 'ada@example.com' });
  if (card) await giveCard(id, card);
  return { id, clock: clock.id };
}
async function giveCard(customer: string, card: string): Promise<void> {
  const { id } = await shop.stripe.paymentMethods.attach(card, { customer });
  await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
}
const pass = (member: Member, date: string) => shop.stripe.testHelpers.testClocks.advance(member.clock, { frozen_time: at(date) });
const subscribe = (member: Member, name = 'small', more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
  shop.stripe.subscriptions.create({ customer: member.id, items: [{ price: price(name) }], ...more });
const look = (id: string) => shop.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
const invoicesOf = async (member: Member) => (await shop.stripe.invoices.list({ customer: member.id })).data.toReversed();
const itemOf = (subscription: Stripe.Subscription): string => subscription.items.data[0]?.id ?? '';
const periodOf = ({ items }: Stripe.Subscription): (number | undefined)[] => [items.data[0]?.current_period_start, items.data[0]?.current_period_end];
/** What was told of a member since this was asked last. */
async function news(member: Member): Promise<string[]> {
  await shop.sandbox.catchUp();
  await shop.sandbox.webhooks.settled();
  const heard = shop.heard.splice(0).map(({ event }) => event);
  const isTheirs = (object: object): boolean => ('id' in object && object.id === member.id) || ('customer' in object && object.customer === member.id);
  return heard.filter(({ data }) => isTheirs(data.object)).map(({ type }) => type);
}

describe('a subscription', () => {
  it('begins, is paid, and tells of it in order', async () => {
    const member = await join();
    await news(member);
    const begun = await subscribe(member, 'small', { metadata: { tier: 'supporter' }, expand: ['latest_invoice.payments', 'customer'] });
    const invoice = begun.latest_invoice as Stripe.Invoice;
    expect(begun).toMatchObject({ status: 'active', currency: 'eur', metadata: { tier: 'supporter' }, customer: { currency: 'eur', delinquent: false } });
    expect(periodOf(begun)).toEqual([at('2096-01-31T10:00:00Z'), at('2096-02-29T10:00:00Z')]);
    expect(invoice).toMatchObject({
      billing_reason: 'subscription_create', status: 'paid', amount_due: 1000, amount_paid: 1000, number: expect.stringMatching(/-0001$/),
      parent: { subscription_details: { subscription: begun.id, metadata: { tier: 'supporter' } } },
      lines: { data: [{ amount: 1000, description: '1 × Supporter (at €10.00 / month)', parent: { subscription_item_details: { proration: false } } }] },
      payments: { data: [{ status: 'paid', amount_paid: 1000, payment: { type: 'payment_intent' } }] },
    });
    const intent = await shop.stripe.paymentIntents.retrieve(String(invoice.payments?.data[0]?.payment.payment_intent), { expand: ['latest_charge.balance_transaction'] });
    expect(intent).toMatchObject({ status: 'succeeded', amount: 1000, latest_charge: { customer: member.id, balance_transaction: { net: 1000 - 59 } } });
    expect((await shop.stripe.invoices.listLineItems(invoice.id)).data).toHaveLength(1);
    expect(await news(member)).toEqual([
      'customer.subscription.created', 'customer.updated', 'invoice.created', 'invoice.finalized', 'payment_intent.created', 'charge.succeeded',
      'payment_intent.succeeded', 'invoice.paid', 'invoice.payment_succeeded', 'customer.subscription.updated',
    ]);
  });

  it('is renewed on the last day of short months, an hour after it is drawn up', async () => {
    const member = await join();
    const { id } = await subscribe(member);
    await pass(member, '2096-02-29T10:30:00Z');
    expect(await look(id)).toMatchObject({ status: 'active', latest_invoice: { status: 'draft', billing_reason: 'subscription_cycle', auto_advance: true } });
    await pass(member, '2096-04-01T00:00:00Z');
    const after = await look(id);
    expect(periodOf(after)).toEqual([at('2096-03-31T10:00:00Z'), at('2096-04-30T10:00:00Z')]);
    expect((await invoicesOf(member)).map(({ status, amount_paid, created }) => [status, amount_paid, created])).toEqual([
      ['paid', 1000, at('2096-01-31T10:00:00Z')], ['paid', 1000, at('2096-02-29T10:00:00Z')], ['paid', 1000, at('2096-03-31T10:00:00Z')],
    ]);
    await expect(pass(member, '2096-06-02T00:00:00Z')).rejects.toMatchObject({ statusCode: 400, param: 'frozen_time' });
  });

  it('lives by the sandbox’s own clock too, every renewal in its turn', async () => {
    const { id: customer } = await shop.stripe.customers.create({});
    await giveCard(customer, 'pm_card_visa');
    const { id } = await shop.stripe.subscriptions.create({ customer, items: [{ price: price('yen') }] });
    await shop.sandbox.advanceClock(366 * day * 1000);
    const { data } = await shop.stripe.invoices.list({ customer, limit: 20 });
    expect(data.map(({ amount_paid }) => amount_paid)).toEqual(Array.from({ length: 13 }, () => 1200));
    await shop.stripe.subscriptions.cancel(id);
  });

  it('ends at its period’s end or at once, unless that is taken back', async () => {
    const member = await join();
    const { id } = await subscribe(member);
    const end = at('2096-02-29T10:00:00Z');
    const ending = await shop.stripe.subscriptions.update(id, { cancel_at_period_end: true, cancellation_details: { comment: 'Moving on', feedback: 'unused' } });
    expect(ending).toMatchObject({ status: 'active', cancel_at_period_end: true, cancel_at: end, canceled_at: at('2096-01-31T10:00:00Z') });
    await expect(shop.stripe.invoices.createPreview({ subscription: id })).rejects.toMatchObject({ code: 'invoice_upcoming_none' });
    expect(await shop.stripe.subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({ cancel_at: null, canceled_at: null });
    await shop.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await news(member);
    await pass(member, '2096-03-01T00:00:00Z');
    expect(await look(id)).toMatchObject({ status: 'canceled', ended_at: end, cancellation_details: { reason: 'cancellation_requested', feedback: 'unused' } });
    expect(await news(member)).toEqual(['customer.subscription.deleted']);
    await expect(shop.stripe.subscriptions.update(id, { cancel_at_period_end: false })).rejects.toMatchObject({ statusCode: 400 });
    await expect(shop.stripe.subscriptions.cancel(id)).rejects.toMatchObject({ statusCode: 404 });
    const listed = async (status?: 'canceled') => (await shop.stripe.subscriptions.list({ customer: member.id, status })).data.length;
    expect([await listed(), await listed('canceled')]).toEqual([0, 1]);

    const second = await subscribe(member);
    await pass(member, '2096-03-16T12:00:00Z');
    expect(await shop.stripe.subscriptions.cancel(second.id, { prorate: true, invoice_now: true })).toMatchObject({ status: 'canceled' });
    expect((await invoicesOf(member)).at(-1)).toMatchObject({ total: -500, amount_due: 0, ending_balance: -500, status: 'paid' });
    expect(await shop.stripe.customers.retrieve(member.id)).toMatchObject({ balance: -500 });
  });
});

describe('a change', () => {
  it.each(['always_invoice', 'create_prorations'] as const)('costs what its preview said, to the cent (%s)', async (proration_behavior) => {
    const member = await join('2096-03-01T00:00:00Z');
    const begun = await subscribe(member);
    await pass(member, '2096-03-11T07:13:29Z');
    const change = { items: [{ id: itemOf(begun), price: price('large') }], proration_behavior };
    const preview = await shop.stripe.invoices.createPreview({ customer: member.id, subscription: begun.id, subscription_details: change });
    expect((await look(begun.id)).items.data[0]?.price.id).toBe(price('small'));
    await shop.stripe.subscriptions.update(begun.id, change);
    if (proration_behavior === 'create_prorations') await pass(member, '2096-04-01T02:00:00Z');
    const invoice = (await invoicesOf(member)).at(-1);
    const sums = (one: Stripe.Invoice | undefined) => [one?.subtotal, one?.total, one?.amount_due, one?.lines.data.map(({ amount, description, period }) => [amount, description, period])];
    expect(sums(invoice)).toEqual(sums(preview));
    const rest = (at('2096-04-01T00:00:00Z') - at('2096-03-11T07:13:29Z')) / (31 * day);
    const [unused, remaining, ...next] = invoice?.lines.data.map(({ amount }) => amount) ?? [];
    expect([unused, remaining, next]).toEqual([-Math.round(1000 * rest), Math.round(2500 * rest), proration_behavior === 'always_invoice' ? [] : [2500]]);
    expect(invoice).toMatchObject({ status: 'paid', billing_reason: proration_behavior === 'always_invoice' ? 'subscription_update' : 'subscription_cycle' });
  });

  it('gives back what was billed, once, and keeps credit for later', async () => {
    const member = await join('2096-03-01T00:00:00Z');
    const begun = await subscribe(member);
    const become = (name: string) => shop.stripe.subscriptions.update(begun.id, { items: [{ id: itemOf(begun), price: price(name) }], proration_behavior: 'always_invoice' });
    await pass(member, '2096-03-11T00:00:00Z');
    await become('large');
    await pass(member, '2096-03-21T00:00:00Z');
    await become('small');
    const [first, up, down] = await invoicesOf(member);
    expect([first, up, down].map((one) => one?.lines.data.map(({ amount }) => amount))).toEqual([[1000], [-677, 1694], [-887, 355]]);
    expect(up?.lines.data[0]?.parent?.subscription_item_details?.proration_details?.credited_items).toEqual({ invoice: first?.id, invoice_line_items: [first?.lines.data[0]?.id] });
    expect(down).toMatchObject({ amount_due: 0, starting_balance: 0, ending_balance: -532, status: 'paid' });
    await pass(member, '2096-04-01T02:00:00Z');
    expect((await invoicesOf(member)).at(-1)).toMatchObject({ total: 1000, starting_balance: -532, amount_due: 468, amount_paid: 468, ending_balance: 0 });
  });

  it('without proration costs nothing until the next period; to another rhythm it begins a new one', async () => {
    const member = await join('2096-03-01T00:00:00Z');
    const begun = await subscribe(member, 'large');
    const items = (name: string) => ({ items: [{ id: itemOf(begun), price: price(name) }] });
    await pass(member, '2096-03-11T00:00:00Z');
    const lower = await shop.stripe.subscriptions.update(begun.id, { ...items('small'), proration_behavior: 'none' });
    expect([periodOf(lower)[1], await shop.stripe.invoices.createPreview({ subscription: begun.id })]).toMatchObject([at('2096-04-01T00:00:00Z'), { total: 1000 }]);
    expect(await invoicesOf(member)).toHaveLength(1);
    await pass(member, '2096-04-16T00:00:00Z');
    const yearly = await shop.stripe.subscriptions.update(begun.id, items('yearly'));
    expect(periodOf(yearly)).toEqual([at('2096-04-16T00:00:00Z'), at('2097-04-16T00:00:00Z')]);
    expect((await invoicesOf(member)).at(-1)).toMatchObject({ amount_paid: 9500, lines: { data: [{ amount: -500 }, { amount: 10_000 }] } });
  });

  it('is refused unpaid, or makes the subscription late', async () => {
    const member = await join('2096-03-01T00:00:00Z');
    const begun = await subscribe(member);
    await giveCard(member.id, 'pm_card_chargeCustomerFail');
    const change = { items: [{ id: itemOf(begun), price: price('large'), quantity: 3 }], proration_behavior: 'always_invoice' as const };
    await expect(shop.stripe.subscriptions.update(begun.id, { ...change, payment_behavior: 'error_if_incomplete' })).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' });
    expect([(await look(begun.id)).items.data[0]?.quantity, (await invoicesOf(member)).length]).toEqual([1, 1]);
    expect(await shop.stripe.subscriptions.update(begun.id, change)).toMatchObject({ status: 'past_due', items: { data: [{ quantity: 3 }] } });
  });

  it('takes coupons off: for ever, for some months, or once', async () => {
    const member = await join('2096-03-01T00:00:00Z');
    const paid = async (coupon: Stripe.CouponCreateParams) => {
      const { id } = await shop.stripe.coupons.create(coupon);
      const begun = await subscribe(member, 'small', { discounts: [{ coupon: id }] });
      const next = await shop.stripe.invoices.createPreview({ subscription: begun.id });
      await shop.stripe.subscriptions.cancel(begun.id);
      return [((await look(begun.id)).latest_invoice as Stripe.Invoice).amount_paid, next.amount_due];
    };
    const percent_off = 25;
    expect([await paid({ percent_off, duration: 'forever' }), await paid({ percent_off, duration: 'repeating', duration_in_months: 1 })]).toEqual([[750, 750], [750, 1000]]);
    expect(await paid({ amount_off: 300, currency: 'eur', duration: 'once' })).toEqual([700, 1000]);
  });
});

describe('a card that fails', () => {
  it('makes a renewal late; it is tried three times more, and then all is over', async () => {
    const member = await join('2096-03-01T00:00:00Z');
    const { id } = await subscribe(member);
    await giveCard(member.id, 'pm_card_chargeCustomerFail');
    await news(member);
    await pass(member, '2096-04-01T02:00:00Z');
    const failed = await look(id);
    expect(failed).toMatchObject({ status: 'past_due', latest_invoice: { status: 'open', attempt_count: 1, next_payment_attempt: at('2096-04-04T01:00:00Z') } });
    expect(await news(member)).toEqual([
      'invoice.created', 'customer.subscription.updated', 'invoice.finalized', 'payment_intent.created', 'charge.failed', 'payment_intent.payment_failed',
      'invoice.payment_failed', 'customer.updated', 'customer.subscription.updated',
    ]);
    await pass(member, '2096-04-09T02:00:00Z');
    expect(await look(id)).toMatchObject({ status: 'past_due', latest_invoice: { attempt_count: 3, next_payment_attempt: at('2096-04-16T01:00:00Z') } });
    await pass(member, '2096-04-16T02:00:00Z');
    expect(await look(id)).toMatchObject({
      status: 'canceled', cancellation_details: { reason: 'payment_failed' }, latest_invoice: { status: 'open', attempt_count: 4, next_payment_attempt: null, auto_advance: false },
    });
  });

  it('that is mended in time changes nothing', async () => {
    const member = await join('2096-03-01T00:00:00Z');
    const { id } = await subscribe(member);
    await giveCard(member.id, 'pm_card_chargeCustomerFail');
    await pass(member, '2096-04-01T02:00:00Z');
    const invoice = idOf((await look(id)).latest_invoice);
    await expect(shop.stripe.invoices.pay(invoice)).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' });
    expect(await shop.stripe.invoices.retrieve(invoice)).toMatchObject({ attempt_count: 2, next_payment_attempt: at('2096-04-04T01:00:00Z') });
    await giveCard(member.id, 'pm_card_mastercard');
    expect(await shop.stripe.invoices.pay(invoice)).toMatchObject({ status: 'paid' });
    expect(await look(id)).toMatchObject({ status: 'active' });
    await expect(shop.stripe.invoices.pay(invoice)).rejects.toMatchObject({ code: 'invoice_already_paid' });
    await pass(member, '2096-05-01T02:00:00Z');
    expect((await invoicesOf(member)).map(({ status }) => status)).toEqual(['paid', 'paid', 'paid']);
    expect(await shop.stripe.customers.retrieve(member.id)).toMatchObject({ delinquent: false });
  });

  it('at the beginning leaves it incomplete for 23 hours, or is refused', async () => {
    const member = await join('2096-03-01T00:00:00Z', 'pm_card_chargeCustomerFail');
    await expect(subscribe(member, 'small', { payment_behavior: 'error_if_incomplete' })).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' });
    expect((await shop.stripe.subscriptions.list({ customer: member.id, status: 'all' })).data).toEqual([]);
    const { id } = await subscribe(member);
    expect(await look(id)).toMatchObject({ status: 'incomplete', latest_invoice: { status: 'open', next_payment_attempt: null } });
    await pass(member, '2096-03-01T23:00:00Z');
    expect(await look(id)).toMatchObject({ status: 'incomplete_expired', latest_invoice: { status: 'void' } });

    await giveCard(member.id, 'pm_card_visa');
    const waiting = await subscribe(member, 'small', { payment_behavior: 'default_incomplete' });
    await shop.stripe.invoices.pay(idOf(waiting.latest_invoice));
    expect([waiting.status, (await look(waiting.id)).status]).toEqual(['incomplete', 'active']);
  });

  it('is not to be had: a subscription without one, and one that is declined at once', async () => {
    const member = await join('2096-03-01T00:00:00Z', null);
    await expect(subscribe(member)).rejects.toMatchObject({ code: 'resource_missing', statusCode: 400 });
    await expect(giveCard(member.id, 'pm_card_chargeDeclined')).rejects.toMatchObject({ statusCode: 402 });
    expect((await shop.stripe.paymentMethods.list({ customer: member.id })).data).toEqual([]);
    await expect(subscribe(member, 'small', { default_payment_method: 'pm_none' })).rejects.toMatchObject({ param: 'default_payment_method' });
    await expect(shop.stripe.subscriptions.create({ customer: member.id, items: [{ price: price('small') }, { price: price('yearly') }] })).rejects.toMatchObject({ param: 'items' });
  });
});

describe('checkout and trials', () => {
  const openSession = (member: Member, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    shop.stripe.checkout.sessions.create({
      mode: 'subscription', customer: member.id, line_items: [{ price: price('small') }], success_url: `${shop.url}/thanks`, ...more,
    });
  const complete = async ({ id }: Stripe.Checkout.Session) =>
    (await shop.stripe.checkout.sessions.retrieve(id, { expand: ['subscription.default_payment_method', 'invoice.payments'] })) as Stripe.Checkout.Session & {
      subscription: Stripe.Subscription; invoice: Stripe.Invoice;
    };

  it('a session begins a subscription, once, after a card that was declined', async () => {
    const member = await join('2096-03-01T00:00:00Z', null);
    const session = await openSession(member, { subscription_data: { metadata: { tier: 'supporter' } } });
    expect(session).toMatchObject({ mode: 'subscription', amount_total: 1000, payment_status: 'unpaid', payment_method_collection: 'always' });
    await shop.click(session, 'decline');
    expect(await shop.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open', subscription: null });
    const page = await (await fetch(session.url ?? '')).text();
    for (const text of ['The card was declined', '€10.00 every month', 'Subscribe for €10.00']) expect(page).toContain(text);
    await Promise.all([shop.click(session, 'pay'), shop.click(session, 'pay')]);
    expect(await complete(session)).toMatchObject({
      status: 'complete', payment_status: 'paid', payment_intent: null,
      subscription: { status: 'active', metadata: { tier: 'supporter' }, default_payment_method: { card: { last4: '4242' }, customer: member.id } },
      invoice: { status: 'paid', billing_reason: 'subscription_create', payments: { data: [{ status: 'paid' }] } },
    });
    for (const kind of ['paymentIntents', 'subscriptions'] as const) expect((await shop.stripe[kind].list({ customer: member.id })).data).toHaveLength(1);
  });

  it('a trial costs nothing, is told of before it ends, and goes on as paid', async () => {
    const member = await join('2096-03-01T00:00:00Z', null);
    const session = await openSession(member, { subscription_data: { trial_period_days: 14 } });
    expect(session).toMatchObject({ amount_total: 0, payment_status: 'no_payment_required' });
    const page = await (await fetch(session.url ?? '', { headers: { 'accept-language': 'zh-CN' } })).text();
    for (const text of ['免费试用 14 天', '之后每月 €10.00', '开始试用', '4242']) expect(page).toContain(text);
    await shop.click(session, 'pay');
    const { subscription, invoice } = await complete(session);
    const end = at('2096-03-15T00:00:00Z');
    expect(subscription).toMatchObject({ status: 'trialing', trial_end: end, billing_cycle_anchor: end });
    expect(invoice).toMatchObject({ status: 'paid', amount_due: 0, lines: { data: [{ amount: 0, description: 'Trial period for Supporter' }] } });
    await shop.stripe.subscriptions.update(subscription.id, { items: [{ id: itemOf(subscription), price: price('large') }] });
    expect(await shop.stripe.invoices.createPreview({ subscription: subscription.id })).toMatchObject({ total: 2500 });
    await news(member);
    await pass(member, '2096-03-12T00:00:00Z');
    expect(await news(member)).toEqual(['customer.subscription.trial_will_end']);
    await pass(member, '2096-03-15T02:00:00Z');
    expect(await look(subscription.id)).toMatchObject({ status: 'active', latest_invoice: { status: 'paid', amount_paid: 2500, billing_reason: 'subscription_cycle' } });
  });

  it.each([['cancel', 'canceled'], ['pause', 'paused'], ['create_invoice', 'past_due']] as const)('a trial without a card ends as was said: %s', async (missing_payment_method, status) => {
    const member = await join('2096-03-01T00:00:00Z', null);
    const session = await openSession(member, {
      payment_method_collection: 'if_required', subscription_data: { trial_period_days: 7, trial_settings: { end_behavior: { missing_payment_method } } },
    });
    await shop.click(session, 'pay');
    const { subscription } = await complete(session);
    expect([subscription.status, subscription.default_payment_method]).toEqual(['trialing', null]);
    await pass(member, '2096-03-08T02:00:00Z');
    expect(await look(subscription.id)).toMatchObject({ status });
    if (status !== 'paused') return;
    await giveCard(member.id, 'pm_card_visa');
    const resumed = await shop.stripe.subscriptions.resume(subscription.id);
    expect([resumed.status, periodOf(resumed)]).toEqual(['active', [at('2096-03-08T02:00:00Z'), at('2096-04-08T02:00:00Z')]]);
    expect((await invoicesOf(member)).at(-1)).toMatchObject({ status: 'paid', amount_paid: 1000 });
    await expect(shop.stripe.subscriptions.resume(subscription.id)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('a trial ends early when it is said so, and lasts longer', async () => {
    const member = await join('2096-03-01T00:00:00Z');
    const { id } = await subscribe(member, 'small', { trial_end: at('2096-03-05T00:00:00Z') });
    expect(await shop.stripe.subscriptions.update(id, { trial_end: at('2096-03-20T00:00:00Z') })).toMatchObject({ status: 'trialing', trial_end: at('2096-03-20T00:00:00Z') });
    const early = await shop.stripe.subscriptions.update(id, { trial_end: 'now' });
    expect([early.status, periodOf(early)]).toEqual(['active', [at('2096-03-01T00:00:00Z'), at('2096-04-01T00:00:00Z')]]);
    expect((await invoicesOf(member)).map(({ amount_paid }) => amount_paid)).toEqual([0, 1000]);
    await expect(shop.stripe.subscriptions.update(id, { trial_end: 'now' })).rejects.toMatchObject({ param: 'trial_end' });
  });

  it.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, string]>([
    ['a price that is paid once', { line_items: [{ price_data: { currency: 'eur', unit_amount: 900, product_data: { name: 'Ticket' } } }] }, 'line_items[0][price]'],
    ['a trial of a day', { subscription_data: { trial_end: at('2096-03-02T00:00:00Z') } }, 'subscription_data[trial_end]'],
    ['what belongs to a payment', { payment_intent_data: { description: 'x' } }, 'payment_intent_data'],
  ])('a session is refused with %s', async (_what, more, param) => {
    const member = await join('2096-03-01T00:00:00Z', null);
    await expect(openSession(member, more)).rejects.toMatchObject({ statusCode: 400, param });
  });
});

describe('the portal', () => {
  const open = async (member: Member, more: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) =>
    shop.stripe.billingPortal.sessions.create({ customer: member.id, return_url: `${shop.url}/me`, ...more });
  const read = async (url: string, language = 'en') => (await fetch(url, { headers: { 'accept-language': language } })).text();
  /** Presses a button; the page to which it leads. */
  const press = async ({ url }: Stripe.BillingPortal.Session, act: string, fields: Record<string, string> = {}) =>
    (await fetch(`${url}/${act}`, { method: 'POST', body: new URLSearchParams(fields) })).text();

  it('cancels, takes that back, changes plan and card, and pays what is open', async () => {
    const member = await join('2096-03-01T00:00:00Z');
    const { id: subscription } = await subscribe(member);
    const portal = await open(member);
    const page = await read(portal.url);
    for (const text of ['€10.00 every month', 'Renews on April 1, 2096', '•••• 4242', '€15.00 due now', `href="${shop.url}/me"`]) expect(page).toContain(text);
    const chinese = await read(portal.url, 'zh-CN');
    for (const text of ['管理订阅', '将于2096年4月1日续订', '现在需支付 €15.00']) expect(chinese).toContain(text);

    expect(await press(portal, 'cancel', { subscription })).toContain('Ends on April 1, 2096');
    expect(await look(subscription)).toMatchObject({ cancel_at_period_end: true });
    expect(await press(portal, 'keep', { subscription })).toContain('Renews on April 1, 2096');
    expect(await press(portal, 'card', { card: 'fails' })).toContain('•••• 0341');
    expect(await press(portal, 'switch', { subscription, price: price('large') })).toContain('The card was declined');
    await pass(member, '2096-04-01T02:00:00Z');
    expect(await read(portal.url)).toContain('Payment failed');
    const invoice = idOf((await look(subscription)).latest_invoice);
    expect(await press(portal, 'pay', { invoice })).toContain('The card was declined');
    await press(portal, 'card', { card: 'works' });
    expect(await press(portal, 'pay', { invoice })).toContain('Renews on May 1, 2096');
    expect(await press(portal, 'switch', { subscription, price: price('large') })).toContain('€25.00 every month');
    expect((await invoicesOf(member)).map(({ status }) => status)).toEqual(['paid', 'paid', 'paid']);
  });

  it('is for one customer’s own things, for one thing if so wished, and for an hour', async () => {
    const [member, other] = [await join('2096-03-01T00:00:00Z'), await join('2096-03-01T00:00:00Z')];
    const { id: subscription } = await subscribe(member);
    const stranger = await open(other);
    for (const act of ['cancel', 'switch', 'pay']) expect(await press(stranger, act, { subscription, price: price('large'), invoice: 'in_none' })).toContain('That cannot be done now');
    expect(await look(subscription)).toMatchObject({ cancel_at: null, items: { data: [{ price: { id: price('small') } }] } });
    const cancel = { type: 'subscription_cancel' as const, subscription_cancel: { subscription } };
    await expect(open(other, { flow_data: cancel })).rejects.toMatchObject({ code: 'resource_missing' });
    expect(await read((await open(member, { flow_data: cancel })).url)).not.toContain('Change the plan');
    const cardOnly = await open(member, { flow_data: { type: 'payment_method_update' }, locale: 'zh' });
    const page = await read(cardOnly.url);
    expect([page.includes('换成可用的卡'), page.includes('更换方案')]).toEqual([true, false]);
    await shop.sandbox.advanceClock(3_601_000);
    expect((await fetch(cardOnly.url)).status).toBe(404);
    expect(await press(cardOnly, 'card', { card: 'works' })).toContain('This page has expired');
  });
});

