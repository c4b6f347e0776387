/** Subscription schedules: what will change, and when, is said today. Each member lives by a clock of their own. */
import type Stripe from 'stripe';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShop, sellAgainAndAgain, type Shop } from './shop.js';

let shop: Shop;
let prices: Record<string, string>;
beforeAll(async () => {
  shop = await openShop();
  prices = await sellAgainAndAgain(shop);
});
afterAll(() => shop.close());

const at = (date: string): number => Date.parse(date) / 1000;
const price = (name: string): string => prices[name] ?? '';
const [start, end] = [at('2096-03-01T00:00:00Z'), at('2096-04-01T00:00:00Z')];

interface Subscribed {
  customer: string;
  subscription: string;
  pass(date: string): Promise<unknown>;
  look(): Promise<Stripe.Subscription>;
  /** What was paid so far, oldest first, in minor units. */
  paid(): Promise<number[]>;
  /** What was told of the member since this was asked last. */
  news(): Promise<string[]>;
}
async function subscribe(name: string, more: Partial<Stripe.SubscriptionCreateParams> = {}): Promise<Subscribed> {
  const { stripe } = shop;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start });
  const customer = (await stripe.customers.create({ test_clock: clock.id })).id;
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  const { id: subscription } = await stripe.subscriptions.create({ customer, items: [{ price: price(name) }], default_payment_method: card.id, ...more });
  const member: Subscribed = {
    customer,
    subscription,
    pass: (date) => stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: at(date) }),
    look: () => stripe.subscriptions.retrieve(subscription, { expand: ['schedule', 'latest_invoice'] }),
    paid: async () => (await stripe.invoices.list({ customer })).data.map(({ amount_paid: amount }) => amount).toReversed(),
    async news() {
      await shop.sandbox.catchUp();
      await shop.sandbox.webhooks.settled();
      const heard = shop.heard.splice(0).map(({ event }) => event);
      return heard.filter(({ data }) => 'customer' in data.object && data.object.customer === customer).map(({ type }) => type);
    },
  };
  await member.news();
  return member;
}
const open = (member: Subscribed) => shop.stripe.subscriptionSchedules.create({ from_subscription: member.subscription });
/** The phases of a change at the period's end. */
const then = (now: string, next: string, more: Partial<Stripe.SubscriptionScheduleUpdateParams.Phase> = {}): Stripe.SubscriptionScheduleUpdateParams.Phase[] => [
  { items: [{ price: price(now), quantity: 1 }], start_date: start, end_date: end },
  { items: [{ price: price(next), quantity: 1 }], proration_behavior: 'none', ...more },
];
const update = (id: string, params: Stripe.SubscriptionScheduleUpdateParams) => shop.stripe.subscriptionSchedules.update(id, params);

it('lets a downgrade begin when the period that is paid for ends', async () => {
  const member = await subscribe('large');
  const { id } = await open(member);
  expect(await shop.stripe.subscriptionSchedules.retrieve(id, { expand: ['subscription'] })).toMatchObject({
    object: 'subscription_schedule', status: 'active', end_behavior: 'release', customer: member.customer, current_phase: { start_date: start, end_date: end },
    subscription: { id: member.subscription, schedule: id }, phases: [{ items: [{ price: price('large'), quantity: 1 }], start_date: start, end_date: end }],
  });
  await expect(open(member)).rejects.toMatchObject({ statusCode: 400, param: 'from_subscription' });
  const planned = await update(id, { phases: then('large', 'small', { duration: { interval: 'month' }, metadata: { tier: 'small' } }), metadata: { why: 'downgrade' } });
  expect(planned).toMatchObject({ metadata: { why: 'downgrade' }, phases: [{}, { start_date: end, end_date: at('2096-05-01T00:00:00Z'), proration_behavior: 'none' }] });
  expect((await member.look()).items.data[0]?.price.id).toBe(price('large'));
  expect(await shop.stripe.invoices.createPreview({ subscription: member.subscription })).toMatchObject({ total: 1000 });
  expect(await member.news()).toEqual(['subscription_schedule.created', 'customer.subscription.updated', 'subscription_schedule.updated']);

  await member.pass('2096-04-01T02:00:00Z');
  expect(await member.look()).toMatchObject({ status: 'active', metadata: { tier: 'small' }, items: { data: [{ price: { id: price('small') } }] }, schedule: { id, current_phase: { start_date: end } } });
  expect([await member.paid(), (await member.news()).slice(0, 2)]).toEqual([[2500, 1000], ['subscription_schedule.updated', 'customer.subscription.updated']]);
  await member.pass('2096-05-01T02:00:00Z');
  expect([await member.paid(), (await member.look()).schedule]).toEqual([[2500, 1000, 1000], null]);
  expect(await shop.stripe.subscriptionSchedules.retrieve(id)).toMatchObject({ status: 'released', released_subscription: member.subscription, subscription: null, current_phase: null });
  expect((await member.news()).slice(0, 2)).toEqual(['subscription_schedule.released', 'customer.subscription.updated']);
  await expect(update(id, { end_behavior: 'cancel' })).rejects.toMatchObject({ statusCode: 400 });
  expect((await shop.stripe.subscriptionSchedules.list({ customer: member.customer })).data.map((one) => one.id)).toEqual([id]);
});

it('begins a new rhythm on the day of the change, at a price that was archived since', async () => {
  const member = await subscribe('large');
  const { id } = await open(member);
  await update(id, { phases: then('large', 'yearly') });
  await shop.stripe.prices.update(price('yearly'), { active: false });
  await member.pass('2096-04-01T02:00:00Z');
  await shop.stripe.prices.update(price('yearly'), { active: true });
  const item = (await member.look()).items.data[0];
  expect([item?.current_period_start, item?.current_period_end, await member.paid()]).toEqual([end, at('2097-04-01T00:00:00Z'), [2500, 10_000]]);
});

it('lives by the sandbox’s own clock too', async () => {
  const customer = (await shop.stripe.customers.create({})).id;
  const card = await shop.stripe.paymentMethods.attach('pm_card_visa', { customer });
  const { id, items } = await shop.stripe.subscriptions.create({ customer, items: [{ price: price('large') }], default_payment_method: card.id });
  const schedule = await shop.stripe.subscriptionSchedules.create({ from_subscription: id });
  const [from, to] = [items.data[0]?.current_period_start ?? 0, items.data[0]?.current_period_end ?? 0];
  await update(schedule.id, { phases: [{ items: [{ price: price('large') }], start_date: from, end_date: to }, { items: [{ price: price('small') }] }] });
  await shop.sandbox.advanceClock(33 * 24 * 3600 * 1000);
  expect((await shop.stripe.invoices.list({ customer })).data.map(({ amount_paid: amount }) => amount)).toEqual([1000, 2500]);
});

it('changes what is now, with its difference reckoned, and in the middle of a period', async () => {
  const member = await subscribe('small');
  const { id } = await open(member);
  await member.pass('2096-03-16T12:00:00Z');
  const halfway = at('2096-03-24T06:00:00Z');
  const [now, next] = [{ items: [{ price: price('large') }], start_date: start, end_date: halfway }, { items: [{ price: price('small') }], proration_behavior: 'always_invoice' as const }];
  await update(id, { phases: [now, next], proration_behavior: 'always_invoice' });
  expect(await member.paid()).toEqual([1000, 750]);
  await member.pass('2096-03-25T00:00:00Z');
  expect((await member.look()).latest_invoice).toMatchObject({ total: -375, status: 'paid' });
  await shop.stripe.subscriptions.update(member.subscription, { items: [{ id: (await member.look()).items.data[0]?.id ?? '', price: price('large') }], proration_behavior: 'none' });
  expect(await shop.stripe.subscriptionSchedules.retrieve(id)).toMatchObject({ phases: [{ items: [{ price: price('large') }] }, { items: [{ price: price('large') }] }] });
});

it('is let go of: the subscription stays as it is, and nothing changes at the period’s end', async () => {
  const member = await subscribe('large');
  const { id } = await open(member);
  await update(id, { phases: then('large', 'small') });
  expect(await shop.stripe.subscriptionSchedules.release(id)).toMatchObject({ status: 'released', released_at: start, subscription: null });
  await expect(shop.stripe.subscriptionSchedules.release(id)).rejects.toMatchObject({ statusCode: 400 });
  await member.pass('2096-04-01T02:00:00Z');
  expect([await member.paid(), (await member.look()).schedule]).toEqual([[2500, 2500], null]);
});

it('ends the subscription with its last phase if that is what was said, unless it is let go of', async () => {
  const [member, other] = [await subscribe('large'), await subscribe('large')];
  for (const { subscription } of [member, other]) await shop.stripe.subscriptions.update(subscription, { cancel_at_period_end: true });
  const [one, two] = [await open(member), await open(other)];
  expect(one.end_behavior).toBe('cancel');
  await expect(shop.stripe.subscriptions.update(member.subscription, { cancel_at_period_end: false })).rejects.toThrow(/managed by the subscription schedule/);
  await shop.stripe.subscriptionSchedules.release(two.id);
  expect(await other.look()).toMatchObject({ cancel_at: null, cancel_at_period_end: false });
  await member.news();
  await member.pass('2096-04-01T00:00:00Z');
  expect(await member.look()).toMatchObject({ status: 'canceled', ended_at: end, schedule: { status: 'completed', completed_at: end } });
  expect(await member.news()).toEqual(['subscription_schedule.completed', 'customer.subscription.deleted']);
});

it('goes with its subscription, and takes it along', async () => {
  const [member, other] = [await subscribe('large'), await subscribe('large')];
  const [one, two] = [await open(member), await open(other)];
  await Promise.all([member.pass('2096-03-16T12:00:00Z'), other.pass('2096-03-16T12:00:00Z')]);
  await shop.stripe.subscriptions.cancel(member.subscription);
  expect(await shop.stripe.subscriptionSchedules.retrieve(one.id)).toMatchObject({ status: 'canceled', canceled_at: at('2096-03-16T12:00:00Z') });
  expect(await shop.stripe.subscriptionSchedules.cancel(two.id)).toMatchObject({ status: 'canceled' });
  expect(await other.look()).toMatchObject({ status: 'canceled', latest_invoice: { total: -1250 } });
  await expect(shop.stripe.subscriptionSchedules.cancel('sub_sched_none')).rejects.toMatchObject({ statusCode: 404 });
});

it('refuses phases that cannot be, and changes nothing', async () => {
  const member = await subscribe('large');
  const before = await open(member);
  const refused: [string, Stripe.SubscriptionScheduleUpdateParams.Phase[], string][] = [
    ['without a start', [{ items: [{ price: price('large') }], end_date: end }], 'phases'],
    ['that rewrite what has begun', [{ items: [{ price: price('large') }], start_date: start + 60, end_date: end }], 'phases'],
    ['with a gap', then('large', 'small', { start_date: end + 60 }), 'phases[1][start_date]'],
    ['with two lengths', then('large', 'small', { duration: { interval: 'month' }, end_date: end + 60 }), 'phases[1][end_date]'],
    ['of no length', then('large', 'small', { end_date: end }), 'phases[1][end_date]'],
    ['without an end in between', [{ items: [{ price: price('large') }], start_date: start }, ...then('large', 'small').slice(1)], 'phases[0][end_date]'],
    ['in another currency', then('large', 'yen'), 'phases[1][items]'],
    ['of no such price', then('large', 'none'), 'phases[1][items][0][price]'],
    ['with a trial', then('large', 'small', { trial_end: end + 60 }), 'phases'],
    ['with more items', then('large', 'small', { items: [{ price: price('small') }, { price: price('large') }] }), 'phases[1][items]'],
  ];
  for (const [what, phases, param] of refused) await expect(update(before.id, { phases }), what).rejects.toMatchObject({ statusCode: 400, param });
  expect(await shop.stripe.subscriptionSchedules.retrieve(before.id)).toMatchObject({ phases: before.phases });
  expect(await member.news()).toEqual(['subscription_schedule.created', 'customer.subscription.updated']);
});
