import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Order } from '../../../server/models/order.js';
import { Seats } from '../../../server/models/seats.js';
import { Tier } from '../../../server/models/tier.js';
import type { PriceRule, TicketType } from '../../../shared/contracts/selling.js';
import { tickets } from '../../../shared/contracts/tickets.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, publish, workshopForm } from '../workshops/aWorkshop.js';
import { checkout, choose, press, webhooksHandled } from './aSale.js';

const refused = (code: string): object => ({ ok: false, failure: { code, data: {} } });
const minute = 60_000;

/** In the room 1, online 2; two kinds of ticket share the seats online. */
const hybrid = {
  pools: [{ key: 'room', name: 'In the room', capacity: 1 }, { key: 'online', name: 'Online', capacity: 2 }],
  types: [
    { key: 'room', name: 'In the room', pool: 'room', price: 4800, rules: [] },
    { key: 'online', name: 'Online', pool: 'online', price: 1800, rules: [] },
    { key: 'student', name: 'Online, student', pool: 'online', price: 600, rules: [] },
  ] satisfies TicketType[],
};

describe('selling', () => {
  let house: House;
  let clock = Date.now();
  beforeAll(async () => {
    house = await openHouse({ now: () => new Date(clock) });
    await Tier.create([{ key: 'friend', name: 'Friend', rank: 5 }, { key: 'patron', name: 'Patron', rank: 6 }]);
  });
  afterAll(() => house.close());

  const guests = (count: number): Promise<Guest[]> => Promise.all(Array.from({ length: count }, () => house.guest()));
  const withRules = (rules: PriceRule[], capacity = 20) => publish(house, { capacity, types: [{ key: 'main', name: '', pool: 'main', price: 1800, rules }] });
  const at = (ms: number): string => new Date(clock + ms).toISOString();

  describe('several kinds of ticket', () => {
    it('come out of their pools: one that is full leaves the others, and what is shared is sold once', async () => {
      const { workshop } = await publish(house, hybrid);
      expect(workshop).toMatchObject({ price: { amount: 600, currency: 'eur' }, capacity: 3, seatsLeft: 3, types: [{ name: 'In the room', capacity: 1, seatsLeft: 1 }, { name: 'Online', seatsLeft: 2 }, { price: 600, seatsLeft: 2 }] });
      const [first, second, third, fourth] = (await guests(4)) as [Guest, Guest, Guest, Guest];
      expect(dataOf(await choose(first, workshop.id, 'room'))).toMatchObject({ ticketName: 'In the room', price: { amount: 4800 }, why: { list: 4800, reason: { kind: 'list' } } });
      expect(await choose(second, workshop.id, 'room')).toEqual(refused('ticket.sold_out'));
      expect(dataOf(await choose(second, workshop.id, 'online')).price.amount).toBe(1800);
      expect(dataOf(await choose(third, workshop.id, 'student')).price.amount).toBe(600);
      for (const typeKey of ['online', 'student', 'room']) expect(await choose(fourth, workshop.id, typeKey)).toEqual(refused('ticket.sold_out'));
      expect(dataOf(await fourth.ask(workshops.show, { workshopId: workshop.id }))).toMatchObject({ seatsLeft: 0, types: [{ seatsLeft: 0 }, { seatsLeft: 0 }, { seatsLeft: 0 }] });
      expect(await choose(fourth, workshop.id, 'elsewhere')).toEqual(refused('ticket.type_not_found'));
      const stored = await Order.findOne({ memberId: third.id }).orFail().lean();
      const session = await house.app.deps.payments.stripe.checkout.sessions.retrieve(stored.sessionId ?? '', { expand: ['line_items'] });
      expect(session.line_items?.data).toMatchObject([{ description: `${workshop.title} · Online, student`, amount_total: 600 }]);
    });

    it('are one seat a member: who chooses another lets the first go, and who has paid keeps it', async () => {
      const { workshop } = await publish(house, hybrid);
      const [buyer, other] = (await guests(2)) as [Guest, Guest];
      const room = dataOf(await choose(buyer, workshop.id, 'room'));
      const online = dataOf(await choose(buyer, workshop.id, 'online'));
      expect(dataOf(await buyer.ask(tickets.order, { orderId: room.id }))).toMatchObject({ state: 'expired' });
      expect(await Seats.findById(workshop.id).orFail().lean()).toMatchObject({ taken: [], holds: [{ pool: 'online' }] });
      expect(dataOf(await choose(other, workshop.id, 'room')).state).toBe('open');
      // Paid in one tab, and another ticket chosen in a second one before anything was told.
      house.sandbox.webhooks.pause();
      await press(house, online, 'pay');
      expect(dataOf(await choose(buyer, workshop.id, 'student'))).toMatchObject({ id: online.id, state: 'paid', price: { amount: 1800 } });
      house.sandbox.webhooks.resume();
      await webhooksHandled(house);
      expect(await Seats.findById(workshop.id).orFail().lean()).toMatchObject({ taken: [{ pool: 'online' }], holds: [{ pool: 'room' }] });
    });

    it('stay what was chosen first under one name, whatever a retry says', async () => {
      const { workshop } = await publish(house, hybrid);
      const buyer = await house.guest();
      const clientOrderId = crypto.randomUUID();
      const replies = await Promise.all(['room', 'student', 'online'].map((typeKey) => buyer.ask(tickets.startCheckout, { clientOrderId, product: { kind: 'seat', workshopId: workshop.id, typeKey } })));
      const [order] = replies.map(dataOf);
      expect(new Set(replies.map((reply) => dataOf(reply).id)).size).toBe(1);
      const stored = await Order.findById(order?.id).orFail().lean();
      const type = hybrid.types.find(({ key }) => key === stored.ticket?.typeKey);
      expect(stored.price.amount).toBe(type?.price);
      expect((await Seats.findById(workshop.id).orFail().lean()).holds).toMatchObject([{ pool: type?.pool }]);
    });

    it('are one over one pool in a workshop from before there were several, and its seats and orders are read as they stand', async () => {
      const host = await house.guest({ role: 'host' });
      const [holder, buyer, late] = (await guests(3)) as [Guest, Guest, Guest];
      const { currency: _currency, pools: _pools, types: _types, ...form } = workshopForm([host.id]);
      const older = new mongoose.Types.ObjectId();
      const orderId = new mongoose.Types.ObjectId();
      const ofHolder = new mongoose.Types.ObjectId(holder.id);
      const price = { amount: 1800, currency: 'eur' };
      const startsAt = new Date(form.startsAt);
      await mongoose.connection.collection('workshops').insertOne({ ...form, _id: older, startsAt, price, capacity: 2, state: 'scheduled', liveAt: null, endedAt: null, roomId: older, hostIds: [new mongoose.Types.ObjectId(host.id)] });
      await mongoose.connection.collection<{ _id: mongoose.Types.ObjectId }>('seats').insertOne({ _id: older, capacity: 2, taken: [{ orderId, memberId: ofHolder }], holds: [] } as { _id: mongoose.Types.ObjectId });
      await mongoose.connection.collection('orders').insertOne({ _id: orderId, clientOrderId: crypto.randomUUID(), memberId: ofHolder, workshopId: older, workshopTitle: form.title, startsAt, price, refundPolicy: '', state: 'paid', holdUntil: startsAt, attempt: 1, sessionId: null, createdAt: startsAt, paidAt: startsAt });

      expect(dataOf(await holder.ask(tickets.mine, {}))).toMatchObject([{ ticketName: '', price, why: { list: 1800, reason: { kind: 'list' } } }]);
      expect(dataOf(await buyer.ask(workshops.show, { workshopId: String(older) }))).toMatchObject({ price, capacity: 2, seatsLeft: 1, types: [{ key: 'main', name: '', price: 1800, rules: [], capacity: 2, seatsLeft: 1, firstLeft: null }] });
      const order = dataOf(await checkout(buyer, String(older)));
      expect(order).toMatchObject({ state: 'open', price });
      expect(await checkout(late, String(older))).toEqual(refused('ticket.sold_out'));
      await press(house, order, 'pay');
      await buyer.next(tickets.orderChanged, (changed) => changed.state === 'paid');
    });
  });

  describe('the price', () => {
    it('is the cheapest that holds for this member now, with the reason, and is frozen with the order', async () => {
      const early: PriceRule = { kind: 'early', until: at(20 * minute), price: 1500 };
      const { workshop } = await withRules([{ kind: 'member', tierKey: 'friend', price: 1200 }, { kind: 'member', tierKey: 'patron', price: 0 }, early]);
      const [stranger, friend, patron] = [await house.guest(), await house.guest({ tier: 'friend' }), await house.guest({ tier: 'patron' })];
      const before = dataOf(await checkout(stranger, workshop.id));
      expect(before).toMatchObject({ price: { amount: 1500 }, why: { list: 1800, reason: { kind: 'early', until: early.until } } });
      expect(dataOf(await checkout(friend, workshop.id))).toMatchObject({ price: { amount: 1200 }, why: { list: 1800, reason: { kind: 'member', tierName: 'Friend' } } });
      // At no price there is nothing to pay: theirs at once.
      expect(dataOf(await checkout(patron, workshop.id))).toMatchObject({ state: 'paid', price: { amount: 0 }, why: { reason: { kind: 'member', tierName: 'Patron' } } });

      clock += 21 * minute;
      expect(dataOf(await checkout(await house.guest(), workshop.id))).toMatchObject({ price: { amount: 1800 }, why: { reason: { kind: 'list' } } });
      expect(dataOf(await checkout(await house.guest({ as: stranger }), workshop.id))).toEqual(before);
      await press(house, before, 'pay');
      expect(await stranger.next(tickets.orderChanged, (changed) => changed.state === 'paid')).toMatchObject({ price: { amount: 1500 }, why: before.why });
    });

    it('for the first goes to exactly so many, whatever comes at once, and comes back with a seat that is let go', async () => {
      const { workshop } = await withRules([{ kind: 'first', count: 3, price: 900 }]);
      const buyers = await guests(10);
      const orders = (await Promise.all(buyers.map((buyer) => checkout(buyer, workshop.id)))).map(dataOf);
      const paying = (amount: number, kind: string) => orders.filter(({ price, why }) => price.amount === amount && why.reason.kind === kind).length;
      expect([paying(900, 'first'), paying(1800, 'list')]).toEqual([3, 7]);
      const sessions = (await house.app.deps.payments.stripe.checkout.sessions.list({ limit: 100 })).data;
      for (const order of orders) expect(sessions.filter((session) => session.client_reference_id === order.id && session.status === 'open')).toMatchObject([{ amount_total: order.price.amount }]);
      const look = async () => dataOf(await (await house.guest()).ask(workshops.show, { workshopId: workshop.id })).types[0];
      expect(await look()).toMatchObject({ seatsLeft: 10, firstLeft: 0 });

      const lucky = orders.findIndex(({ price }) => price.amount === 900);
      expect(await buyers[lucky]?.ask(tickets.abandon, { orderId: orders[lucky]?.id ?? '' })).toMatchObject({ data: { state: 'expired' } });
      expect(await look()).toMatchObject({ seatsLeft: 11, firstLeft: 1 });
      expect(dataOf(await checkout(await house.guest(), workshop.id)).price.amount).toBe(900);
    });
  });
});
