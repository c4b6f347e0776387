import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Order } from '../../../server/models/order.js';
import { Seats } from '../../../server/models/seats.js';
import { tickets } from '../../../shared/contracts/tickets.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, publish } from '../workshops/aWorkshop.js';
import { buy, checkout, press, webhooksHandled } from './aSale.js';

const unavailable = { ok: false, failure: { code: 'payment.unavailable', data: {} } };

describe('while Stripe does not answer', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  /** Nothing listens on this port. */
  const away = new Stripe('sk_test_away', { host: '127.0.0.1', port: 1, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  const whileAway = async (work: () => Promise<void>): Promise<void> => {
    const { payments } = house.app.deps;
    const { stripe } = payments;
    payments.stripe = away;
    try {
      await work();
    } finally {
      payments.stripe = stripe;
    }
  };

  it('sells nothing, holds nothing, and sells under the same name as soon as it is back', async () => {
    const { workshop } = await publish(house);
    const buyer = await house.guest();
    const name = crypto.randomUUID();
    await whileAway(async () => expect(await checkout(buyer, workshop.id, name)).toEqual(unavailable));
    expect(await Seats.findById(workshop.id).orFail().lean()).toMatchObject({ taken: [], holds: [] });
    expect(await Order.countDocuments({ workshopId: workshop.id })).toBe(0);
    expect(await checkout(buyer, workshop.id, name)).toMatchObject({ ok: true, data: { state: 'open' } });
  });

  it('shows what is known of an order, and lets none go', async () => {
    const { workshop } = await publish(house);
    const buyer = await house.guest();
    const order = dataOf(await checkout(buyer, workshop.id));
    await whileAway(async () => {
      expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toEqual(order);
      expect(await buyer.ask(tickets.abandon, { orderId: order.id })).toEqual(unavailable);
    });
    expect(await Seats.findById(workshop.id).orFail().lean()).toMatchObject({ holds: [{}] });
    await press(house, order, 'pay');
    expect(await buyer.next(tickets.orderChanged, (changed) => changed.state === 'paid')).toMatchObject({ id: order.id });
  });

  it('leaves a ticket good whose refund it did not accept', async () => {
    const { workshop, organizer } = await publish(house);
    const buyer = await house.guest();
    const order = await buy(house, buyer, workshop.id);
    await webhooksHandled(house);
    await whileAway(async () => expect(await organizer.ask(tickets.refund, { orderId: order.id })).toEqual(unavailable));
    expect(await buyer.call(workshops.enter, { workshopId: workshop.id })).toMatchObject({ ok: true });
    expect(dataOf(await organizer.ask(tickets.refund, { orderId: order.id }))).toMatchObject({ state: 'refunded' });
  });
});
