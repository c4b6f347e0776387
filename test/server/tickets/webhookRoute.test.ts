import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Order } from '../../../server/models/order.js';
import { WebhookEvent } from '../../../server/models/money/webhookEvent.js';
import { webhookFollowers } from '../../../server/moneyTables.js';
import { handleDueWebhooks } from '../../../server/tickets/ticketTimers.js';
import { attention } from '../../../shared/contracts/tickets/attention.js';
import { tickets, type OrderView } from '../../../shared/contracts/tickets.js';
import { failures } from '../../../shared/failures.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, publish } from '../workshops/aWorkshop.js';
import { checkout, press, webhooksHandled } from './aSale.js';

describe('the webhook door', () => {
  let house: House;
  let clock = Date.now();
  let buyer: Guest;
  let organizer: Guest;
  let order: OrderView;
  let body: string;
  beforeAll(async () => {
    house = await openHouse({ now: () => new Date(clock) });
  });
  afterAll(() => house.close());
  // A paid order whose webhooks are all held back, and the body of the one that tells of it.
  beforeEach(async () => {
    const published = await publish(house);
    organizer = published.organizer;
    buyer = await house.guest();
    house.sandbox.webhooks.resume();
    await webhooksHandled(house);
    house.sandbox.webhooks.pause();
    order = dataOf(await checkout(buyer, published.workshop.id));
    await press(house, order, 'pay');
    const [event] = (await stripe().events.list({ type: 'checkout.session.completed', limit: 1 })).data;
    body = JSON.stringify(event);
  });

  const stripe = () => house.app.deps.payments.stripe;
  const sign = (payload: string, secret = house.sandbox.webhookSecret, ageSeconds = 0): string =>
    stripe().webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(Date.now() / 1000) - ageSeconds });
  const send = async (payload: string, signature: string | null): Promise<{ status: number; reply: unknown }> => {
    const response = await fetch(`${house.url}/api/stripe/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(signature === null ? {} : { 'stripe-signature': signature }) },
      body: payload,
    });
    return { status: response.status, reply: await response.json() };
  };
  const refused = { status: failures['webhook.refused'].status, reply: { ok: false, failure: { code: 'webhook.refused', data: {} } } };
  const taken = { status: 200, reply: { ok: true, data: {} } };
  const state = async (): Promise<string> => (await Order.findById(order.id).orFail().lean()).state;

  it('takes what is signed, once', async () => {
    const before = await WebhookEvent.countDocuments();
    for (let time = 0; time < 3; time += 1) expect(await send(body, sign(body))).toEqual(taken);
    await buyer.next(tickets.orderChanged, (changed) => changed.state === 'paid');
    await expect.poll(() => WebhookEvent.countDocuments({ nextTryAt: { $ne: null } })).toBe(0);
    expect(await WebhookEvent.countDocuments()).toBe(before + 1);
    expect((await buyer.heard(tickets.orderChanged)).filter((changed) => changed.state === 'paid')).toHaveLength(1);
  });

  it('refuses what is not signed well, and changes nothing', async () => {
    const before = await WebhookEvent.countDocuments();
    const other = body.replace('"amount_total":1800', '"amount_total":1');
    expect(other).not.toBe(body);
    const wrong: [string, string | null][] = [
      [body, null],
      [body, ''],
      [body, 't=1,v1=00'],
      [body, sign(body, 'whsec_of_somebody_else')],
      [other, sign(body)],
      [body, sign(body, undefined, 301)],
      ['', sign(body)],
      ['no json', sign('no json')],
    ];
    for (const [payload, signature] of wrong) expect(await send(payload, signature)).toEqual(refused);
    expect(await WebhookEvent.countDocuments()).toBe(before);
    expect(await state()).toBe('open');
    expect(await send(body, sign(body, undefined, 290))).toEqual(taken);
  });

  it('refuses an event of the other mode than its key', async () => {
    const live = JSON.stringify({ ...(JSON.parse(body) as object), livemode: true });
    expect(await send(live, sign(live))).toEqual(refused);
    expect(await state()).toBe('open');
    expect(await send(body, sign(body))).toEqual(taken);
  });

  it('refuses everything while there is no secret to prove it by', async () => {
    const { payments } = house.app.deps;
    const { webhookSecret } = payments;
    try {
      for (const blank of ['', '  ']) {
        payments.webhookSecret = blank;
        for (const signature of [null, sign(body), sign(body, ' ')]) expect(await send(body, signature)).toEqual(refused);
      }
    } finally {
      payments.webhookSecret = webhookSecret;
    }
    expect(await state()).toBe('open');
    expect(await send(body, sign(body))).toEqual(taken);
  });

  it('stores what it does not know, and does nothing about it', async () => {
    const unknown = body.replace('checkout.session.completed', 'payout.paid').replace(/"evt_\w+"/, '"evt_unknown"');
    expect(await send(unknown, sign(unknown))).toEqual(taken);
    expect(await WebhookEvent.findById('evt_unknown').lean()).toMatchObject({ type: 'payout.paid', nextTryAt: null });
    expect(await state()).toBe('open');
  });

  it('believes nothing of what an event says: the truth is asked of Stripe', async () => {
    const second = dataOf(await checkout(await house.guest(), order.workshopId));
    const lie = body.replaceAll(order.id, second.id).replace(/"evt_\w+"/, '"evt_lie"');
    expect(await send(lie, sign(lie))).toEqual(taken);
    await expect.poll(async () => (await WebhookEvent.findById('evt_lie').lean())?.handledAt ?? null).not.toBeNull();
    expect((await Order.findById(second.id).orFail().lean()).state).toBe('open');
  });

  it('keeps what comes before what it is about: it is tried again, and loses nothing', async () => {
    const [intent] = (await stripe().paymentIntents.list({ limit: 1 })).data;
    // By hand at Stripe, so only the payment names it; and the house does not know yet that the order has one.
    await stripe().refunds.create({ payment_intent: intent?.id ?? '', amount: 500 });
    const [refunded] = (await stripe().events.list({ type: 'refund.created', limit: 1 })).data;
    const early = JSON.stringify(refunded);
    expect(await send(early, sign(early))).toEqual(taken);
    await expect.poll(async () => WebhookEvent.findById(refunded?.id).lean()).toMatchObject({ handledAt: null, failures: 1, nextTryAt: expect.any(Date) as Date });
    expect(await send(body, sign(body))).toEqual(taken);
    await buyer.next(tickets.orderChanged, (changed) => changed.state === 'paid');
    clock += 60_000;
    await handleDueWebhooks(house.app.deps, webhookFollowers);
    expect(await WebhookEvent.findById(refunded?.id).lean()).toMatchObject({ handledAt: expect.any(Date) as Date, nextTryAt: null });
    expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toMatchObject({ state: 'paid', returned: 500 });
  });

  it('is tried again by the timer when handling failed, and shown to the organizer meanwhile', async () => {
    const { payments } = house.app.deps;
    const { stripe: real } = payments;
    // Stripe is away: nothing listens on this port.
    const Away = real.constructor as new (key: string, config: object) => typeof real;
    payments.stripe = new Away('sk_test_away', { host: '127.0.0.1', port: 1, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
    try {
      expect(await send(body, sign(body))).toEqual(taken);
      await expect.poll(async () => (await WebhookEvent.findOne({ failures: { $gt: 0 }, handledAt: null }).lean())?.failures).toBe(1);
      expect(await state()).toBe('open');
    } finally {
      payments.stripe = real;
    }
    clock += 6 * 60_000;
    const webhookOf = async () => dataOf(await organizer.ask(attention.list, {})).items.filter((item) => item.kind === 'webhook_stuck');
    expect(await webhookOf()).toMatchObject([{ type: 'checkout.session.completed', person: { id: buyer.id }, tries: 1, repairs: [{ kind: 'ask_again' }] }]);
    await handleDueWebhooks(house.app.deps, webhookFollowers);
    expect(await state()).toBe('paid');
    expect(await webhookOf()).toEqual([]);
  });
});
