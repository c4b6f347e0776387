/** Refunds of a part, by the organizer's word, and the member's own by the policy of the sale. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerEntry } from '../../../server/models/money/ledgerEntry.js';
import { Order } from '../../../server/models/order.js';
import { settleDueOrders } from '../../../server/tickets/ticketTimers.js';
import { rights } from '../../../shared/contracts/rights.js';
import { tickets, type OrderView } from '../../../shared/contracts/tickets.js';
import { refunds } from '../../../shared/contracts/tickets/refunds.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, publish, workshopForm, type FormChanges } from '../workshops/aWorkshop.js';
import { again, buy, checkout, press, webhooksHandled } from './aSale.js';

const hour = 3_600_000;
const opens = Date.parse('2096-03-01T18:00:00.000Z');
const refused = (code: string, data: object = {}): object => ({ ok: false, failure: { code, data } });

describe('a part of the money back', () => {
  let house: House;
  let clock = opens - 48 * hour;
  let organizer: Guest;
  beforeAll(async () => {
    house = await openHouse({ now: () => new Date(clock) });
  });
  afterAll(() => house.close());

  const sold = async (changes: FormChanges = {}): Promise<{ order: OrderView; buyer: Guest; workshopId: string }> => {
    clock = opens - 48 * hour;
    const published = await publish(house, { startsAt: new Date(opens).toISOString(), ...changes });
    ({ organizer } = published);
    const workshopId = published.workshop.id;
    const buyer = await house.guest();
    const order = published.workshop.price.amount === 0 ? dataOf(await checkout(buyer, workshopId)) : await buy(house, buyer, workshopId);
    return { order, buyer, workshopId };
  };
  const part = (orderId: string, amount: number, keepsSeat = true, clientRefundId: string = randomUUID()) =>
    organizer.ask(refunds.part, { orderId, clientRefundId, amount, keepsSeat, reason: 'The sound was bad' });
  const back = async (orderId: string): Promise<number[]> => (await LedgerEntry.find({ orderId, kind: 'refund' }).sort({ amount: 1 }).lean()).map(({ amount }) => -amount);

  it('leaves the seat where the organizer says so, tells the buyer, and is made once under its name', async () => {
    const { order, buyer, workshopId } = await sold();
    const name = randomUUID();
    for (const reply of await Promise.all([part(order.id, 700, true, name), part(order.id, 700, true, name)])) expect(dataOf(reply)).toMatchObject({ state: 'paid' });
    expect(dataOf(await part(order.id, 700, true, name))).toMatchObject({ state: 'paid', returned: 700, refunds: [{ amount: 700, reason: 'The sound was bad', by: 'organizer', keepsSeat: true, state: 'done' }] });
    expect(await buyer.next(tickets.orderChanged, ({ returned }) => returned === 700)).toMatchObject({ id: order.id, state: 'paid' });
    expect(await buyer.call(workshops.enter, { workshopId })).toMatchObject({ ok: true });
    await webhooksHandled(house);
    expect(await back(order.id)).toEqual([700]);
    // Another one takes the seat, and keeps the rest of the money here.
    expect(dataOf(await part(order.id, 100, false))).toMatchObject({ state: 'refunded', returned: 800 });
    expect(await buyer.next(rights.leftWorkshop)).toEqual({ workshopId, reason: 'refunded' });
    // What is left may follow at any time; then nothing is.
    expect(dataOf(await part(order.id, 1000, false))).toMatchObject({ state: 'refunded', returned: 1800 });
    expect(await part(order.id, 1)).toEqual(refused('refund.too_much', { left: 0 }));
    await webhooksHandled(house);
    expect(await back(order.id)).toEqual([1000, 700, 100].toSorted((a, b) => b - a));
  });

  it('never gives back more than was paid, whatever is asked at once, by hand at Stripe too', async () => {
    const { order } = await sold();
    const { paymentId } = await Order.findById(order.id).orFail().lean();
    await house.app.deps.payments.stripe.refunds.create({ payment_intent: paymentId ?? '', amount: 300 });
    const replies = await Promise.all(Array.from({ length: 6 }, () => part(order.id, 500)));
    const codes = replies.map((reply) => (reply.ok ? 'ok' : reply.failure.code));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(3);
    expect(new Set(codes)).toEqual(new Set(['ok', 'refund.too_much']));
    await webhooksHandled(house);
    expect(await back(order.id)).toEqual([500, 500, 500, 300]);
    expect(dataOf(await organizer.ask(tickets.sales, { workshopId: order.workshopId }))).toMatchObject([{ state: 'refunded', gross: 1800, refunded: 1800 }]);
  });

  it('is the member’s own by the policy of the sale: all, then half, then nothing; and what was shown is what is given', async () => {
    const early = await sold();
    expect(early.order.refundRules).toEqual({ fullHours: 24, partial: { percent: 50, hours: 2 } });
    expect(await early.buyer.ask(refunds.mine, { orderId: early.order.id, amount: 900 })).toEqual(refused('refund.changed', { amount: 1800 }));
    expect(dataOf(await early.buyer.ask(refunds.mine, { orderId: early.order.id, amount: 1800 }))).toMatchObject({ state: 'refunded', returned: 1800, refunds: [{ by: 'member' }] });

    const later = await sold({ price: { amount: 1801, currency: 'jpy' } });
    clock = opens - 24 * hour;
    const buyer = await again(house, later.buyer);
    // The promise is the sale's: the workshop's may be another by now.
    for (const reply of await Promise.all(Array.from({ length: 3 }, () => buyer.ask(refunds.mine, { orderId: later.order.id, amount: 900 })))) expect(dataOf(reply)).toMatchObject({ id: later.order.id });
    expect(dataOf(await buyer.ask(refunds.mine, { orderId: later.order.id, amount: 900 }))).toMatchObject({ state: 'refunded', returned: 900 });
    expect(await buyer.call(workshops.enter, { workshopId: later.workshopId })).toEqual(refused('workshop.not_found'));
    await webhooksHandled(house);
    expect(await back(later.order.id)).toEqual([900]);

    const late = await sold();
    clock = opens - 2 * hour;
    const keeper = await again(house, late.buyer);
    expect(await keeper.ask(refunds.mine, { orderId: late.order.id, amount: 900 })).toEqual(refused('refund.too_late'));
    expect(await keeper.call(workshops.enter, { workshopId: late.workshopId })).toMatchObject({ ok: true });
    // The organizer may at any time.
    organizer = await again(house, organizer);
    expect(dataOf(await organizer.ask(tickets.refund, { orderId: late.order.id, reason: 'Ill' }))).toMatchObject({ state: 'refunded', refunds: [{ amount: 1800, reason: 'Ill' }] });
  });

  it('is nobody else’s, nothing without a promise, and a free seat is given back until the start', async () => {
    const { order, buyer } = await sold({ refundRules: null });
    expect(await (await house.guest()).ask(refunds.mine, { orderId: order.id, amount: 1800 })).toEqual(refused('order.not_found'));
    expect(await buyer.ask(refunds.mine, { orderId: order.id, amount: 1800 })).toEqual(refused('refund.too_late'));
    expect(await buyer.ask(refunds.part, { orderId: order.id, clientRefundId: randomUUID(), amount: 1, keepsSeat: true, reason: '' })).toEqual(refused('role.required'));

    const free = await sold({ price: { amount: 0, currency: 'eur' } });
    expect(dataOf(await free.buyer.ask(refunds.mine, { orderId: free.order.id, amount: 0 }))).toMatchObject({ state: 'refunded', refunds: [{ amount: 0, state: 'done' }] });
    expect(await free.buyer.ask(workshops.show, { workshopId: free.workshopId })).toMatchObject({ data: { seatsLeft: 3, you: { canEnter: false } } });
    expect(await part(free.order.id, 1)).toEqual(refused('order.wrong_state', { state: 'refunded' }));
    const open = dataOf(await checkout(buyer, free.workshopId).then(() => checkout(free.buyer, order.workshopId)));
    expect(await part(open.id, 1)).toEqual(refused('order.wrong_state', { state: 'open' }));
    await press(house, open, 'decline');
  });

  it('is made by the timer wherever a crash cut it off, once', async () => {
    const { order, buyer } = await sold();
    await webhooksHandled(house);
    house.sandbox.webhooks.pause();
    const noted = { id: 'r-1', amount: 400, keepsSeat: false, reason: '', by: 'member', byId: buyer.id, askedAt: new Date(clock), state: 'asked' };
    const due = { $push: { refunds: noted }, $set: { nextCheckAt: new Date(clock) } };
    // After it was noted; then after Stripe made it, too.
    await Order.updateOne({ _id: order.id }, due);
    await settleDueOrders(house.app.deps);
    await Order.updateOne({ _id: order.id }, { $set: { 'refunds.0.state': 'asked', state: 'paid', returned: 0, nextCheckAt: new Date(clock) } });
    await settleDueOrders(house.app.deps);
    expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toMatchObject({ state: 'refunded', returned: 400, refunds: [{ amount: 400, state: 'done' }] });
    house.sandbox.webhooks.resume();
    await webhooksHandled(house);
    expect(await back(order.id)).toEqual([400]);
  });

  it('is refused with a policy that gives a part later than the whole', async () => {
    const { host } = await publish(house);
    const rules = { fullHours: 2, partial: { percent: 50, hours: 2 } };
    expect(await organizer.ask(workshops.publish, workshopForm([host.id], { refundRules: rules }))).toMatchObject({ ok: false, failure: { code: 'input.invalid' } });
  });
});
