import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Order } from '../../../server/models/order.js';
import { Seats } from '../../../server/models/seats.js';
import { attention } from '../../../shared/contracts/tickets/attention.js';
import { ledger } from '../../../shared/contracts/money/ledger.js';
import { tickets, type StartCheckout } from '../../../shared/contracts/tickets.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { askRoute } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, publish } from '../workshops/aWorkshop.js';
import { buy, checkout } from './aSale.js';

const refused = (code: string): object => ({ ok: false, failure: { code, data: {} } });

describe('starting a checkout', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  it('holds a seat at the server\'s price, and sends the buyer to pay for it', async () => {
    const { workshop } = await publish(house);
    const [buyer, other] = [await house.guest(), await house.guest()];
    const order = dataOf(await checkout(buyer, workshop.id));

    expect(order).toMatchObject({ workshopId: workshop.id, state: 'open', price: workshop.price, refundPolicy: workshop.refundPolicy, paidAt: null });
    expect((await other.heard(workshops.changed)).at(-1)).toMatchObject({ id: workshop.id, seatsLeft: 2 });
    expect(await buyer.ask(workshops.show, { workshopId: workshop.id })).toMatchObject({ data: { you: { canEnter: false, orderId: order.id } } });
    const stored = await Order.findById(order.id).orFail().lean();
    const session = await house.app.deps.payments.stripe.checkout.sessions.retrieve(stored.sessionId ?? '');
    expect(session).toMatchObject({
      amount_total: 1800,
      currency: 'eur',
      client_reference_id: order.id,
      metadata: { orderId: order.id },
      success_url: `http://localhost/orders/${order.id}?paid`,
      cancel_url: `http://localhost/orders/${order.id}?left`,
      expires_at: Math.floor(Date.parse(order.holdUntil ?? '') / 1000),
      locale: 'en',
    });
    expect(await other.heard(tickets.orderChanged)).toEqual([]);
    expect(await buyer.heard(tickets.orderChanged)).toEqual([order]);
  });

  it('takes no price, no currency and no buyer from the browser', async () => {
    const { workshop } = await publish(house);
    const buyer = await house.guest();
    const form = { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId: workshop.id } };
    const wrong = [
      { ...form, price: { amount: 1, currency: 'eur' } },
      { ...form, memberId: buyer.id },
      { ...form, product: { ...form.product, price: 1 } },
      { ...form, product: { kind: 'tier', workshopId: workshop.id } },
      { ...form, product: { kind: 'seat', workshopId: { $gt: '' } } },
      { ...form, clientOrderId: '1' },
    ];
    for (const input of wrong) expect(await buyer.ask(tickets.startCheckout, input as StartCheckout)).toMatchObject({ ok: false, failure: { code: 'input.invalid' } });
    expect(await askRoute(house.url, tickets.startCheckout, form as StartCheckout)).toEqual(refused('session.required'));
    expect(await Order.countDocuments({ workshopId: workshop.id })).toBe(0);
    expect(dataOf(await buyer.ask(tickets.startCheckout, form as StartCheckout))).toMatchObject({ price: { amount: 1800, currency: 'eur' } });
  });

  it('buys once, however often the button is pressed', async () => {
    const { workshop } = await publish(house);
    const buyer = await house.guest();
    const name = randomUUID();
    const replies = await Promise.all([name, name, name, randomUUID(), randomUUID()].map((clientOrderId) => checkout(buyer, workshop.id, clientOrderId)));
    const orders = replies.map(dataOf);
    expect(new Set(orders.map((order) => order.id)).size).toBe(1);
    expect(new Set(orders.map((order) => order.checkoutUrl)).size).toBe(1);
    expect(await Order.countDocuments({ workshopId: workshop.id })).toBe(1);
    expect(await Seats.findById(workshop.id).orFail().lean()).toMatchObject({ holds: [{ orderId: (await Order.findOne({ workshopId: workshop.id }).orFail().lean())._id }] });
    expect((await house.app.deps.payments.stripe.checkout.sessions.list({ limit: 100 })).data.filter((session) => session.client_reference_id === orders[0]?.id)).toHaveLength(1);
  });

  it('sells no more seats than there are, whatever comes at once', async () => {
    const { workshop } = await publish(house, { capacity: 3 });
    const buyers = await Promise.all(Array.from({ length: 20 }, () => house.guest()));
    const replies = await Promise.all(buyers.map((buyer) => checkout(buyer, workshop.id)));

    expect(replies.filter((reply) => reply.ok)).toHaveLength(3);
    expect(replies.filter((reply) => !reply.ok)).toEqual(Array.from({ length: 17 }, () => refused('ticket.sold_out')));
    expect(await Seats.findById(workshop.id).orFail().lean()).toMatchObject({ taken: [], holds: [{}, {}, {}] });
    // Whoever got no seat has no order either, and may try again under the same name.
    expect(await Order.countDocuments({ workshopId: workshop.id })).toBe(3);
    const [first] = replies.flatMap((reply) => (reply.ok ? [reply.data] : []));
    const winner = buyers[replies.findIndex((reply) => reply.ok)];
    const loser = buyers[replies.findIndex((reply) => !reply.ok)];
    if (!first || !winner || !loser) throw new Error('there must be both');
    dataOf(await winner.ask(tickets.abandon, { orderId: first.id }));
    expect(await checkout(loser, workshop.id)).toMatchObject({ ok: true, data: { state: 'open' } });
    expect(dataOf(await winner.ask(workshops.show, { workshopId: workshop.id }))).toMatchObject({ seatsLeft: 0 });
  });

  it('gives a free ticket at once, without Stripe, and each member one', async () => {
    const { workshop } = await publish(house, { price: { amount: 0, currency: 'eur' }, capacity: 2 });
    const [first, second, third] = [await house.guest(), await house.guest(), await house.guest()];
    const name = randomUUID();
    const replies = await Promise.all([checkout(first, workshop.id, name), checkout(first, workshop.id, name), checkout(first, workshop.id)]);
    const paid = replies.flatMap((reply) => (reply.ok ? [reply.data] : []));
    expect(paid.length).toBeGreaterThan(0);
    for (const order of paid) expect(order).toMatchObject({ id: paid[0]?.id, state: 'paid', checkoutUrl: null });
    expect(await first.call(workshops.enter, { workshopId: workshop.id })).toMatchObject({ ok: true });
    expect(await checkout(first, workshop.id)).toEqual(refused('ticket.already_yours'));
    // Which of the three came first, and named the order, is the store's to say.
    const { clientOrderId } = await Order.findById(paid[0]?.id).orFail();
    expect(await checkout(first, workshop.id, clientOrderId)).toMatchObject({ ok: true, data: { state: 'paid' } });

    expect(await checkout(second, workshop.id)).toMatchObject({ ok: true, data: { state: 'paid' } });
    expect(await checkout(third, workshop.id)).toEqual(refused('ticket.sold_out'));
    expect(await Order.countDocuments({ workshopId: workshop.id })).toBe(2);
  });

  it('sells nothing to those inside, nothing that is over, and nothing that is not', async () => {
    const { workshop, host, organizer } = await publish(house);
    const [buyer, moderator, late] = [await house.guest(), await house.guest({ role: 'moderator' }), await house.guest()];
    for (const guest of [host, organizer, moderator]) expect(await checkout(guest, workshop.id)).toEqual(refused('ticket.already_yours'));
    await buy(house, buyer, workshop.id);
    expect(await checkout(buyer, workshop.id)).toEqual(refused('ticket.already_yours'));
    expect(await checkout(buyer, '0'.repeat(24))).toEqual(refused('workshop.not_found'));

    dataOf(await host.call(workshops.goLive, { workshopId: workshop.id }));
    const order = dataOf(await checkout(late, workshop.id));
    expect(order.state).toBe('open');
    dataOf(await host.call(workshops.end, { workshopId: workshop.id }));
    expect(await checkout(await house.guest(), workshop.id)).toEqual(refused('ticket.sale_closed'));
  });

  it('tells a stranger\'s order from none at all to nobody', async () => {
    const { workshop, organizer } = await publish(house);
    const [buyer, stranger] = [await house.guest(), await house.guest()];
    const order = dataOf(await checkout(buyer, workshop.id));
    for (const route of [tickets.order, tickets.abandon]) {
      for (const guest of [stranger, organizer]) expect(await guest.ask(route, { orderId: order.id })).toEqual(refused('order.not_found'));
      expect(await buyer.ask(route, { orderId: '0'.repeat(24) })).toEqual(refused('order.not_found'));
    }
    expect(dataOf(await stranger.ask(tickets.mine, {}))).toEqual([]);
    expect(dataOf(await buyer.ask(tickets.mine, {}))).toEqual([order]);
    expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toEqual(order);
  });

  it('keeps the books for organizers', async () => {
    const { workshop, organizer, host } = await publish(house);
    const buyer = await house.guest();
    const order = await buy(house, buyer, workshop.id);
    for (const guest of [buyer, host]) {
      expect(await guest.ask(tickets.sales, { workshopId: workshop.id })).toEqual(refused('role.required'));
      expect(await guest.ask(ledger.books, {})).toEqual(refused('role.required'));
      expect(await guest.ask(attention.list, {})).toEqual(refused('role.required'));
      expect(await guest.ask(tickets.refund, { orderId: order.id })).toEqual(refused('role.required'));
      expect(await guest.heard(tickets.moneyChanged)).toEqual([]);
    }
    expect(await organizer.ask(tickets.refund, { orderId: '0'.repeat(24) })).toEqual(refused('order.not_found'));
    expect(dataOf(await organizer.ask(tickets.sales, { workshopId: workshop.id }))).toHaveLength(1);
    expect(dataOf(await organizer.ask(attention.list, {})).items).toEqual([]);
    // Told when the books are written, which is after the buyer has heard of the seat.
    await organizer.next(tickets.moneyChanged, (told) => told.workshopId === workshop.id);
  });
});
