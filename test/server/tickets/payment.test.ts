import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Grant } from '../../../server/models/grant.js';
import { LedgerEntry } from '../../../server/models/money/ledgerEntry.js';
import { Order } from '../../../server/models/order.js';
import { Seats } from '../../../server/models/seats.js';
import { settleDueOrders } from '../../../server/tickets/ticketTimers.js';
import { rights } from '../../../shared/contracts/rights.js';
import { tickets, type OrderView } from '../../../shared/contracts/tickets.js';
import { attention } from '../../../shared/contracts/tickets/attention.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, publish } from '../workshops/aWorkshop.js';
import { again, buy, checkout, press, webhooksHandled } from './aSale.js';

const minute = 60_000;
/** What the sandbox takes of 18.00: 2.9 % and 30 cents. */
const fee = 82;

describe('paying', () => {
  let house: House;
  let clock = Date.now();
  let buyer: Guest;
  let organizer: Guest;
  let workshopId: string;
  beforeAll(async () => {
    house = await openHouse({ now: () => new Date(clock) });
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    const published = await publish(house, { capacity: 1 });
    organizer = published.organizer;
    workshopId = published.workshop.id;
    buyer = await house.guest();
  });

  /** Everything a sale leaves behind, so that twice can be compared with once. */
  const traces = async (order: OrderView): Promise<object> => ({
    state: (await Order.findById(order.id).orFail().lean()).state,
    entries: (await LedgerEntry.find({ orderId: order.id }).sort({ kind: 1 }).lean()).map(({ kind, amount, currency }) => [kind, amount, currency]),
    grants: await Grant.countDocuments({ 'source.id': order.id, endsAt: null }),
    taken: (await Seats.findById(workshopId).orFail().lean()).taken.length,
    holds: (await Seats.findById(workshopId).orFail().lean()).holds.length,
  });
  const sold = { state: 'paid', entries: [['charge', 1800, 'eur'], ['fee', -fee, 'eur']], grants: 1, taken: 1, holds: 0 };
  const events = async (): Promise<string[]> => (await house.app.deps.payments.stripe.events.list({ limit: 100 })).data.map((event) => event.id);

  it('makes the seat the buyer\'s, opens the workshop and writes the books, by the webhook alone', async () => {
    expect(await buyer.call(workshops.enter, { workshopId })).toMatchObject({ ok: false });
    const order = await buy(house, buyer, workshopId);
    expect(order).toMatchObject({ state: 'paid', checkoutUrl: null, holdUntil: null, paidAt: expect.any(String) as string });
    expect(await buyer.heard(rights.changed)).toEqual([{ scope: { kind: 'workshop', workshopId }, change: 'started', reason: null }]);
    expect(await buyer.call(workshops.enter, { workshopId })).toMatchObject({ ok: true, data: { you: { why: 'ticket', orderId: order.id } } });
    await webhooksHandled(house);
    expect(await traces(order)).toEqual(sold);
    expect(dataOf(await organizer.ask(tickets.sales, { workshopId }))).toEqual([
      { orderId: order.id, buyer: { id: buyer.id, name: buyer.name, role: 'member' }, state: 'paid', ticketName: '', couponCode: null, gross: 1800, refunded: 0, fee, disputed: 0, answerBy: null, currency: 'eur', paidAt: order.paidAt },
    ]);
  });

  it('is seen by whoever comes back from the payment page before any webhook', async () => {
    const order = dataOf(await checkout(buyer, workshopId));
    house.sandbox.webhooks.pause();
    await press(house, order, 'pay');
    expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toMatchObject({ state: 'paid' });
    expect(await traces(order)).toEqual(sold);
    house.sandbox.webhooks.resume();
    await webhooksHandled(house);
    expect(await traces(order)).toEqual(sold);
    expect((await buyer.heard(tickets.orderChanged)).filter((changed) => changed.state === 'paid')).toHaveLength(1);
  });

  it('ends the same when webhooks come twice, late and in the wrong order', async () => {
    const before = new Set(await events());
    house.sandbox.webhooks.pause();
    const order = dataOf(await checkout(buyer, workshopId));
    await press(house, order, 'pay');
    house.sandbox.webhooks.resume('newest_first');
    await webhooksHandled(house);
    const own = (await events()).filter((id) => !before.has(id));
    expect(own.length).toBeGreaterThan(2);
    const statuses = await Promise.all([...own, ...own].map((id) => house.sandbox.webhooks.redeliver(id)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    await webhooksHandled(house);
    expect(await traces(order)).toEqual(sold);
    expect((await buyer.heard(tickets.orderChanged)).filter((changed) => changed.state === 'paid')).toHaveLength(1);
    expect((await buyer.heard(rights.changed)).filter((changed) => changed.change === 'started')).toHaveLength(1);
  });

  it('goes well after a declined card, with one charge in the books', async () => {
    const order = dataOf(await checkout(buyer, workshopId));
    await press(house, order, 'decline');
    await webhooksHandled(house);
    expect(dataOf(await buyer.ask(tickets.order, { orderId: order.id }))).toEqual(order);
    expect(await traces(order)).toEqual({ state: 'open', entries: [], grants: 0, taken: 0, holds: 1 });
    await press(house, order, 'pay');
    await buyer.next(tickets.orderChanged, (changed) => changed.state === 'paid');
    await webhooksHandled(house);
    expect(await traces(order)).toEqual(sold);
  });

  it('lets the seat go when the buyer leaves, and keeps it when they had paid just before', async () => {
    const left = dataOf(await checkout(buyer, workshopId));
    expect(dataOf(await buyer.ask(tickets.abandon, { orderId: left.id }))).toMatchObject({ state: 'expired', checkoutUrl: null });
    expect(await traces(left)).toEqual({ state: 'expired', entries: [], grants: 0, taken: 0, holds: 0 });
    expect(dataOf(await buyer.ask(tickets.abandon, { orderId: left.id }))).toMatchObject({ state: 'expired' });

    const order = dataOf(await checkout(buyer, workshopId));
    expect(order.id).not.toBe(left.id);
    house.sandbox.webhooks.pause();
    await press(house, order, 'pay');
    expect(dataOf(await buyer.ask(tickets.abandon, { orderId: order.id }))).toMatchObject({ state: 'paid' });
    house.sandbox.webhooks.resume();
    await webhooksHandled(house);
    expect(await traces(order)).toEqual(sold);
  });

  it('of a checkout that is left and paid in the same moment makes a seat that is paid, or none and no charge', async () => {
    const { workshop } = await publish(house, { capacity: 8 });
    const guests = await Promise.all(Array.from({ length: 8 }, () => house.guest()));
    const orders = await Promise.all(guests.map(async (guest) => dataOf(await checkout(guest, workshop.id))));
    // Each pays a little later than the one before, counted in round trips, while all of them leave at once.
    const races = orders.map(async (order, index) => {
      const left = guests[index]?.ask(tickets.abandon, { orderId: order.id });
      for (let trip = 0; trip < index; trip += 1) await fetch(`${house.url}/healthz`);
      // Who comes too late is told so by the payment page.
      await press(house, order, 'pay').catch(() => {});
      await left;
    });
    await Promise.all(races);
    await webhooksHandled(house);
    const ends = await Promise.all(orders.map(async (order) => {
      const { paymentId, state } = await Order.findById(order.id).orFail().lean();
      const entries = (await LedgerEntry.find({ orderId: order.id }).lean()).map(({ kind }) => kind).sort();
      return { state, isCharged: paymentId !== null && paymentId !== undefined, entries, grants: await Grant.countDocuments({ 'source.id': order.id, endsAt: null }) };
    }));
    const paid = { state: 'paid', isCharged: true, entries: ['charge', 'fee'], grants: 1 };
    for (const end of ends) expect(end).toEqual(end.state === 'paid' ? paid : { state: 'expired', isCharged: false, entries: [], grants: 0 });
    const { taken, holds } = await Seats.findById(workshop.id).orFail().lean();
    expect([taken.length, holds.length]).toEqual([ends.filter(({ state }) => state === 'paid').length, 0]);
    const charged = (await house.app.deps.payments.stripe.paymentIntents.list({ limit: 100 })).data.filter(({ metadata, status }) => status === 'succeeded' && orders.some(({ id }) => metadata['orderId'] === id));
    expect(charged).toHaveLength(taken.length);
  });

  it('lets the seat go when the time is over', async () => {
    const order = dataOf(await checkout(buyer, workshopId));
    const other = await house.guest();
    expect(await checkout(other, workshopId)).toEqual({ ok: false, failure: { code: 'ticket.sold_out', data: {} } });
    clock += 32 * minute;
    await settleDueOrders(house.app.deps);
    expect((await buyer.next(tickets.orderChanged, (changed) => changed.state === 'expired')).id).toBe(order.id);
    expect((await other.heard(workshops.changed)).at(-1)).toMatchObject({ id: workshopId, seatsLeft: 1 });
    expect(await checkout(await again(house, other), workshopId)).toMatchObject({ ok: true });
  });

  it('sells a seat whose hold is over before any timer has run, and gives late money back once, with a letter', async () => {
    const order = dataOf(await checkout(buyer, workshopId));
    house.sandbox.webhooks.pause();
    await press(house, order, 'pay');
    clock += 32 * minute;
    const faster = await house.guest();
    const sale = dataOf(await checkout(faster, workshopId));
    await press(house, sale, 'pay');
    expect(dataOf(await faster.ask(tickets.order, { orderId: sale.id }))).toMatchObject({ state: 'paid' });

    house.sandbox.webhooks.resume();
    await webhooksHandled(house);
    await settleDueOrders(house.app.deps);
    for (const event of await events()) await house.sandbox.webhooks.redeliver(event);
    await webhooksHandled(house);

    const states = (await buyer.heard(tickets.orderChanged)).map((changed) => changed.state);
    expect(states).toEqual(['open', 'late', 'refunded']);
    expect(await traces(order)).toEqual({ state: 'refunded', entries: [['charge', 1800, 'eur'], ['fee', -fee, 'eur'], ['refund', -1800, 'eur']], grants: 0, taken: 1, holds: 0 });
    const { paymentId } = await Order.findById(order.id).orFail().lean();
    expect((await house.app.deps.payments.stripe.refunds.list({ payment_intent: paymentId ?? '' })).data).toMatchObject([{ amount: 1800, status: 'succeeded' }]);
    const letters = (await house.app.deps.mail.kept())?.filter((letter) => letter.text.includes(order.id));
    expect(letters).toHaveLength(1);
    expect(letters?.[0]?.text).toContain('€18.00');
  });

  it('gives the seat to late money when it is still free', async () => {
    const order = dataOf(await checkout(buyer, workshopId));
    house.sandbox.webhooks.pause();
    await press(house, order, 'pay');
    clock += 32 * minute;
    // A timer that came just while somebody else looks would find no seat and give the money back: another node is at it.
    await Order.updateOne({ _id: order.id }, { $set: { nextCheckAt: new Date(clock + 10 * minute) } });
    // Somebody else looked and went: the hold is gone, the seat is free.
    const other = await house.guest();
    const glance = dataOf(await checkout(other, workshopId));
    dataOf(await other.ask(tickets.abandon, { orderId: glance.id }));
    house.sandbox.webhooks.resume();
    await webhooksHandled(house);
    expect(await traces(order)).toEqual(sold);
  });

  it('gives nothing for money that is not what was ordered, and shows it to the organizer', async () => {
    const order = dataOf(await checkout(buyer, workshopId));
    await Order.updateOne({ _id: order.id }, { $set: { 'price.amount': 9900 } });
    await press(house, order, 'pay');
    await organizer.next(tickets.moneyChanged, (changed) => changed.workshopId === workshopId);
    await webhooksHandled(house);
    expect(await traces(order)).toMatchObject({ state: 'open', grants: 0, taken: 0 });
    const itemId = `order:${order.id}`;
    const shown = async () => dataOf(await organizer.ask(attention.list, {})).items.filter(({ id }) => id === itemId);
    const repair = { kind: 'give_back', amount: 1800, currency: 'eur' } as const;
    expect(await shown()).toMatchObject([{ kind: 'paid_without_right', orderId: order.id, buyer: { id: buyer.id }, paid: { amount: 1800 }, repairs: [repair, { kind: 'ask_again' }] }]);
    // Done as it was shown or not at all; and once, whoever presses.
    expect(await organizer.ask(attention.repair, { itemId, repair: { ...repair, amount: 9900 } })).toEqual({ ok: false, failure: { code: 'attention.changed', data: {} } });
    const second = await house.guest({ role: 'organizer' });
    for (const reply of await Promise.all([organizer, second, organizer].map((presser) => presser.ask(attention.repair, { itemId, repair })))) expect(reply).toEqual({ ok: true, data: { left: null } });
    expect((await house.app.deps.payments.stripe.refunds.list({ limit: 2 })).data.filter(({ metadata }) => metadata?.['orderId'] === order.id)).toMatchObject([{ amount: 1800 }]);
    expect(await shown()).toEqual([]);
    expect(await traces(order)).toMatchObject({ state: 'refunded', grants: 0, taken: 0, holds: 0 });
  });

  it('is finished by the timer wherever a crash cut it off', async () => {
    house.sandbox.webhooks.pause();
    const order = dataOf(await checkout(buyer, workshopId));
    await press(house, order, 'pay');
    const stored = await Order.findById(order.id).orFail().lean();
    const claim = { workshopId, orderId: order.id, memberId: buyer.id, pool: 'main', first: null };
    // After the seat was taken; then after the order was moved, before the grant and the ledger.
    await Seats.take(claim, house.app.deps.now());
    await Order.move(stored._id, ['open'], 'paid', { paidAt: house.app.deps.now(), nextCheckAt: house.app.deps.now() });
    expect(await traces(order)).toEqual({ ...sold, entries: [], grants: 0 });
    await settleDueOrders(house.app.deps);
    expect(await traces(order)).toEqual(sold);
    house.sandbox.webhooks.resume();
    await webhooksHandled(house);
    expect(await traces(order)).toEqual(sold);
  });
});
