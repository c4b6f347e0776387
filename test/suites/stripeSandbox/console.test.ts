/** The console, as a form in a browser uses it. Who may open it is for the host app to judge. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShop, type Shop } from './shop.js';

let shop: Shop;
beforeAll(async () => { shop = await openShop({ retryDelaysMs: [1000] }); });
afterAll(() => shop.close());

const day = 24 * 3600;
const read = async (query = '', language = 'en'): Promise<string> => (await fetch(`${shop.url}/stripe-sandbox/console${query}`, { headers: { 'accept-language': language } })).text();
/** Presses a button; the page to which it leads. */
const press = async (act: string, fields: Record<string, string> = {}): Promise<string> =>
  (await fetch(`${shop.url}/stripe-sandbox/console/${act}`, { method: 'POST', body: new URLSearchParams(fields) })).text();

it('shows every event with what became of it, a page at a time, and sends one again', async () => {
  shop.answer.status = 500;
  const { id } = await shop.stripe.customers.create({ name: '<b>Ada</b>' });
  await shop.sandbox.catchUp();
  await shop.sandbox.webhooks.settled();
  const [event] = (await shop.stripe.events.list()).data;
  const waiting = await read();
  for (const text of ['customer.created', id, 'To be sent at', 'answered 500']) expect(waiting).toContain(text);
  expect(await press('replay', { event: event?.id ?? '' })).toContain('did not answer with success');
  shop.answer.status = 200;
  const sent = await press('replay', { event: event?.id ?? '' });
  for (const text of ['Your community answered with success', 'sent by hand · answered 200', 'Delivered']) expect(sent).toContain(text);
  expect(await press('replay', { event: 'evt_none' })).toContain('did not answer with success');

  await Promise.all(Array.from({ length: 30 }, () => shop.stripe.customers.create({})));
  const newest = await read();
  expect(newest).not.toContain(id);
  const [, older = ''] = /href="[^"]*console(\?before=evt_\w+)#events"/.exec(newest) ?? [];
  expect(await read(older)).toContain(id);
  expect(await read('', 'zh-CN')).toContain('通知社区的事件');
});

it('sets and mends what goes wrong', async () => {
  expect(await read()).toContain('Nothing goes wrong on purpose.');
  const wrong = await press('faults', { duplicate: 'on', delayMinutes: '10', declinePayments: '2', askReceivers: '1', breakAnswers: 'many' });
  for (const text of ['That is how it is from now on', 'Things go wrong on purpose right now', 'name="duplicate" value="on" checked', '<option value="10" selected>']) expect(wrong).toContain(text);
  expect(shop.sandbox.faults.plan).toEqual({ duplicate: true, reverse: false, drop: false, loseAnswers: false, delayMs: 600_000, declinePayments: 2, askReceivers: 1, breakAnswers: 0 });
  expect(await press('mend')).toContain('Nothing goes wrong on purpose any more');
  expect(shop.sandbox.faults.plan).toMatchObject({ duplicate: false, delayMs: 0, declinePayments: 0 });
});

it('sets the clocks forward, says so, and goes on selling to those who go by the world’s', async () => {
  const clock = await shop.stripe.testHelpers.testClocks.create({ frozen_time: Math.floor(shop.clock.ms / 1000), name: 'Ada’s time' });
  const { id: customer } = await shop.stripe.customers.create({ test_clock: clock.id });
  const { data: [price] } = { data: [await shop.stripe.prices.create({ currency: 'eur', unit_amount: 1000, recurring: { interval: 'month' }, product_data: { name: 'Supporter' } })] };
  const card = await shop.stripe.paymentMethods.attach('pm_card_visa', { customer });
  await shop.stripe.subscriptions.create({ customer, items: [{ price: price.id }], default_payment_method: card.id });
  expect(await press('test-clock', { clock: clock.id, step: 'month' })).toContain('The clock was set forward');
  expect(await shop.stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({ frozen_time: clock.frozen_time + 30 * day, status: 'ready' });
  expect(await press('test-clock', { clock: clock.id, step: 'year' })).toContain('two billing periods at most');

  const soon = Math.floor(shop.clock.ms / 1000) + 3600;
  const before = await shop.openSession({ expires_at: soon });
  expect(await read()).toContain('It shows the real time');
  expect(await press('clock', { step: 'week' })).toContain('It is 7 days ahead of the real time');
  expect(await press('clock', { step: 'century' })).toContain('7 days ahead');
  expect(await shop.stripe.checkout.sessions.retrieve(before.id)).toMatchObject({ status: 'expired' });
  expect(await shop.openSession({ expires_at: soon })).toMatchObject({ status: 'open', expires_at: soon + 7 * day });
});
