import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Grant } from '../../../server/models/grant.js';
import { Coupon } from '../../../server/models/money/coupon.js';
import { Order } from '../../../server/models/order.js';
import { Seats } from '../../../server/models/seats.js';
import { Tier } from '../../../server/models/tier.js';
import { settleDueOrders } from '../../../server/tickets/ticketTimers.js';
import { coupons, type CreateCoupon } from '../../../shared/contracts/coupons.js';
import type { PriceRule, TicketType } from '../../../shared/contracts/selling.js';
import { tickets } from '../../../shared/contracts/tickets.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openTwoNodes, type House, type TwoNodes } from '../../support/house.js';
import { dataOf, publish, workshopForm, type FormChanges } from '../workshops/aWorkshop.js';
import { checkout, choose, crowd, press, webhooksHandled, type Asker } from './aSale.js';

const refusedCoupon = (reason: string): object => ({ ok: false, failure: { code: 'coupon.refused', data: { reason } } });
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
  let nodes: TwoNodes;
  let house: House;
  let node: House;
  let organizer: Guest;
  let clock = Date.now();
  beforeAll(async () => {
    nodes = await openTwoNodes({ now: () => new Date(clock) });
    ({ house, node } = nodes);
    organizer = await house.guest({ role: 'organizer' });
    await Tier.create([{ key: 'friend', name: 'Friend', rank: 5 }, { key: 'patron', name: 'Patron', rank: 6 }]);
  });
  afterAll(() => nodes.close());

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
      const clientOrderId = randomUUID();
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
      await mongoose.connection.collection('orders').insertOne({ _id: orderId, clientOrderId: randomUUID(), memberId: ofHolder, workshopId: older, workshopTitle: form.title, startsAt, price, refundPolicy: '', state: 'paid', holdUntil: startsAt, attempt: 1, sessionId: null, createdAt: startsAt, paidAt: startsAt });

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

  describe('coupons', () => {
    /** The organizer, with a token that is good at the house's time. */
    const keeper = () => house.guest({ as: organizer });
    const sell = async (changes: FormChanges = {}): Promise<string> => (await publish(house, { capacity: 60, ...changes })).workshop.id;
    const coupon = async (changes: Partial<CreateCoupon> = {}) => {
      const form: CreateCoupon = { clientCouponId: randomUUID(), code: `C-${randomUUID().slice(0, 8).toUpperCase()}`, off: { kind: 'percent', percent: 50 }, usesMax: 5, usesPerMember: 1, expiresAt: null, workshopId: null, ...changes };
      return dataOf(await (await keeper()).ask(coupons.create, form));
    };
    const claims = async (code: string) => {
      const { taken, holds } = await Coupon.findOne({ code }).orFail().lean();
      return { taken: taken.length, held: holds.filter((hold) => hold.until.getTime() > clock).length };
    };
    const buyWith = (buyer: Asker, workshopId: string, code: string) => choose(buyer, workshopId, 'main', code);

    it.each([
      ['a part, rounded half up', { kind: 'percent', percent: 25 }, 1710, 1282, 428],
      ['an amount', { kind: 'amount', amount: 700, currency: 'eur' }, 1800, 1100, 700],
      ['no more than there is', { kind: 'amount', amount: 99_900, currency: 'eur' }, 1800, 0, 1800],
      ['all where less is left than can be charged', { kind: 'percent', percent: 98 }, 1800, 0, 1800],
    ] as [string, CreateCoupon['off'], number, number, number][])('take off %s, and the order says so', async (_what, off, list, amount, taken) => {
      const workshopId = await sell({ price: { amount: list, currency: 'eur' } });
      const { code } = await coupon({ off });
      const buyer = await house.guest();
      const why = { list, reason: { kind: 'list' }, coupon: { code, off: taken } };
      const product = { kind: 'seat' as const, workshopId };
      expect(dataOf(await buyer.ask(tickets.quote, { product, couponCode: ` ${code.toLowerCase()} ` }))).toEqual({ price: { amount, currency: 'eur' }, why });
      expect(await claims(code)).toEqual({ taken: 0, held: 0 });
      const order = dataOf(await buyWith(buyer, workshopId, code));
      expect(order).toMatchObject({ state: amount === 0 ? 'paid' : 'open', price: { amount, currency: 'eur' }, why });
      if (amount > 0) await press(house, order, 'pay');
      await buyer.next(tickets.orderChanged, (changed) => changed.state === 'paid');
      await webhooksHandled(house);
      expect(await claims(code)).toEqual({ taken: 1, held: 0 });
    });

    it('are refused with the reason, each beside one that is good', async () => {
      const [here, elsewhere, yens] = [await sell(), await sell(), await sell({ price: { amount: 1800, currency: 'jpy' } })];
      const good = await coupon({ usesPerMember: 9, off: { kind: 'amount', amount: 100, currency: 'eur' } });
      const [bound, soon, closed, once] = [await coupon({ workshopId: elsewhere }), await coupon({ expiresAt: new Date(clock + minute).toISOString() }), await coupon(), await coupon({ usesMax: 1 })];
      dataOf(await (await keeper()).ask(coupons.close, { couponId: closed.id }));
      const [winner, buyer] = [await house.guest(), await house.guest()];
      dataOf(await buyWith(winner, here, once.code));
      clock += minute;
      const said: [string, string, string][] = [[here, 'NO-SUCH-CODE', 'unknown'], [here, bound.code, 'not_here'], [yens, good.code, 'not_here'], [here, soon.code, 'over'], [here, closed.code, 'over'], [here, once.code, 'used_up']];
      for (const [workshopId, couponCode, reason] of said) {
        expect(await buyer.ask(tickets.quote, { product: { kind: 'seat', workshopId }, couponCode })).toEqual(refusedCoupon(reason));
        expect(await buyWith(buyer, workshopId, couponCode)).toEqual(refusedCoupon(reason));
      }
      expect(await Order.countDocuments({ memberId: buyer.id })).toBe(0);
      expect(await buyWith(buyer, elsewhere, bound.code)).toMatchObject({ ok: true });
      expect(await buyWith(buyer, here, good.code)).toMatchObject({ ok: true, data: { price: { amount: 1700 } } });
    });

    it('are good so many times a member, in all workshops together', async () => {
      const [first, second, third] = [await sell(), await sell(), await sell()];
      const { code } = await coupon({ usesPerMember: 2 });
      const [buyer] = (await crowd([house], 1)) as [Asker];
      const replies = await Promise.all([first, second, third].map((workshopId) => buyWith(buyer, workshopId, code)));
      expect(replies.filter((reply) => reply.ok)).toHaveLength(2);
      expect(replies.filter((reply) => !reply.ok)).toEqual([refusedCoupon('yours_used_up')]);
      expect(await Order.countDocuments({ memberId: buyer.id })).toBe(2);
    });

    it('50-parallel coupon: as many orders as it is good for, over two nodes, and the seats of the others are free', { timeout: 60_000 }, async () => {
      const workshopId = await sell();
      const { code, id } = await coupon({ usesMax: 10 });
      const buyers = await crowd([house, node], 50);
      const replies = await Promise.all(buyers.map((buyer) => buyWith(buyer, workshopId, code)));
      expect(replies.filter((reply) => reply.ok)).toHaveLength(10);
      expect(replies.filter((reply) => !reply.ok)).toEqual(Array.from({ length: 40 }, () => refusedCoupon('used_up')));
      expect(await claims(code)).toEqual({ taken: 0, held: 10 });
      expect((await Seats.findById(workshopId).orFail().lean()).holds).toHaveLength(10);
      expect(dataOf(await (await keeper()).ask(coupons.list, {})).find((one) => one.id === id)).toMatchObject({ used: 0, held: 10 });
    });

    it('come back when the buyer leaves, when the hold is over and when the money goes back; and not when it is told twice', async () => {
      const workshopId = await sell();
      const { code } = await coupon({ usesMax: 1 });
      const [left, late, none] = (await crowd([house], 3)) as [Asker, Asker, Asker];
      dataOf(await left.ask(tickets.abandon, { orderId: dataOf(await buyWith(left, workshopId, code)).id }));
      dataOf(await buyWith(late, workshopId, code));
      expect(await buyWith(none, workshopId, code)).toEqual(refusedCoupon('used_up'));
      clock += 32 * minute;
      // No timer has run: an end that has passed is an end.
      const [buyer] = (await crowd([house], 1)) as [Asker];
      const order = dataOf(await buyWith(buyer, workshopId, code));
      await settleDueOrders(house.app.deps);
      await press(house, order, 'pay');
      await webhooksHandled(house);
      for (const { id } of (await house.app.deps.payments.stripe.events.list({ limit: 20 })).data) await house.sandbox.webhooks.redeliver(id);
      await webhooksHandled(house);
      expect(await claims(code)).toEqual({ taken: 1, held: 0 });
      dataOf(await (await keeper()).ask(tickets.refund, { orderId: order.id }));
      expect(await claims(code)).toEqual({ taken: 0, held: 0 });
    });

    it('give money back that comes when the last use has gone to somebody else', async () => {
      const workshopId = await sell();
      const { code } = await coupon({ usesMax: 1 });
      const [slow] = (await crowd([house], 1)) as [Asker];
      const order = dataOf(await buyWith(slow, workshopId, code));
      house.sandbox.webhooks.pause();
      await press(house, order, 'pay');
      // The house's own timer would find it due, ask Stripe, and be the first.
      await Order.updateOne({ _id: order.id }, { $set: { nextCheckAt: new Date(clock + 60 * minute) } });
      clock += 32 * minute;
      const [fast] = (await crowd([house], 1)) as [Asker];
      dataOf(await buyWith(fast, workshopId, code));
      house.sandbox.webhooks.resume();
      await webhooksHandled(house);
      expect(await Order.findById(order.id).orFail().lean()).toMatchObject({ state: 'refunded' });
      expect((await Seats.findById(workshopId).orFail().lean()).taken).toEqual([]);
      expect(await claims(code)).toEqual({ taken: 0, held: 1 });
    });

    it('Oversell storm: 200 buyers over two nodes, two pools, declines, holds that run out; 50 tickets, and nobody has paid without one', { timeout: 60_000 }, async () => {
      const pools = [{ key: 'room', name: 'In the room', capacity: 9 }, { key: 'online', name: 'Online', capacity: 41 }];
      const types: FormChanges['types'] = [
        { key: 'room', name: 'In the room', pool: 'room', price: 4800, rules: [{ kind: 'first', count: 4, price: 900 }] },
        { key: 'online', name: 'Online', pool: 'online', price: 0, rules: [] },
      ];
      const workshopId = await sell({ pools, types });
      const { code } = await coupon({ usesMax: 5 });
      /** Of those who want to be in the room some have a code, some are declined, some leave, and some never come back. */
      const attempt = async (buyer: Asker, place: number, willPay: boolean): Promise<void> => {
        const reply = place % 2 === 0 ? await choose(buyer, workshopId, 'room', place % 3 === 0 ? code : undefined) : await choose(buyer, workshopId, 'online');
        if (!reply.ok || reply.data.state === 'paid') return;
        if (willPay || place % 8 === 0) return press(house, reply.data, 'pay');
        if (place % 8 === 4) await press(house, reply.data, 'decline');
        if (place % 8 !== 2) await buyer.ask(tickets.abandon, { orderId: reply.data.id });
      };
      const storm = async (willPay: boolean): Promise<void> => {
        const buyers = await crowd([house, node], 100);
        // As many at once as a loaded machine answers in time.
        for (let from = 0; from < buyers.length; from += 20) await Promise.all(buyers.slice(from, from + 20).map((buyer, place) => attempt(buyer, from + place, willPay)));
        await webhooksHandled(house);
        clock += 32 * minute;
        await Promise.all([settleDueOrders(house.app.deps), settleDueOrders(node.app.deps)]);
      };
      await storm(false);
      await storm(true);

      const seats = await Seats.findById(workshopId).orFail().lean();
      const orders = await Order.find({ workshopId, state: 'paid' }).lean();
      expect(orders).toHaveLength(50);
      expect(new Set(seats.taken.map(({ orderId }) => String(orderId)))).toEqual(new Set(orders.map(({ _id }) => String(_id))));
      for (const { key, capacity } of pools) expect(seats.taken.filter((seat) => seat.pool === key)).toHaveLength(capacity);
      expect(new Set(orders.map(({ memberId }) => String(memberId))).size).toBe(50);
      expect(await Grant.countDocuments({ kind: 'workshop', ref: workshopId, endsAt: null })).toBe(50);
      const first = orders.filter(({ why }) => why?.reason.kind === 'first');
      expect(first.length).toBeLessThanOrEqual(4);
      expect(seats.taken.filter((seat) => seat.first === 'room')).toHaveLength(first.length);
      expect(await claims(code)).toEqual({ taken: orders.filter(({ why }) => why?.coupon).length, held: 0 });
      // Whoever was charged has a ticket, at exactly the price of their order.
      const sessions = await house.app.deps.payments.stripe.checkout.sessions.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
      const everyOrder = new Set((await Order.find({ workshopId }).lean()).map(({ _id }) => String(_id)));
      const charged = sessions.filter((session) => session.payment_status === 'paid' && everyOrder.has(session.client_reference_id ?? ''));
      expect(new Map(charged.map((session) => [session.client_reference_id, session.amount_total]))).toEqual(new Map(orders.filter(({ price }) => price.amount > 0).map(({ _id, price }) => [String(_id), price.amount])));
    });

    it('are made once, by an organizer, for a workshop that there is, under a code of their own', async () => {
      const form: CreateCoupon = { clientCouponId: randomUUID(), code: 'spring-26', off: { kind: 'percent', percent: 10 }, usesMax: 1, usesPerMember: 1, expiresAt: null, workshopId: null };
      const maker = await keeper();
      const made = await Promise.all(Array.from({ length: 4 }, () => maker.ask(coupons.create, form)));
      expect(new Set(made.map((reply) => dataOf(reply).id)).size).toBe(1);
      expect(dataOf(made[0] ?? (await maker.ask(coupons.create, form)))).toMatchObject({ code: 'SPRING-26', used: 0, held: 0, closedAt: null });
      expect(await maker.ask(coupons.create, { ...form, clientCouponId: randomUUID(), code: 'Spring-26' })).toMatchObject({ failure: { code: 'coupon.code_taken' } });
      expect(await maker.ask(coupons.create, { ...form, clientCouponId: randomUUID(), code: 'FALL', workshopId: '0'.repeat(24) })).toMatchObject({ failure: { code: 'workshop.not_found' } });
      expect(await maker.ask(coupons.close, { couponId: '0'.repeat(24) })).toMatchObject({ failure: { code: 'coupon.not_found' } });
      // The free ticket needs none, and uses none up.
      const free = await sell({ price: { amount: 0, currency: 'eur' } });
      expect(dataOf(await buyWith(await house.guest(), free, 'SPRING-26'))).toMatchObject({ state: 'paid', why: { coupon: null } });
      expect(await claims('SPRING-26')).toEqual({ taken: 0, held: 0 });
      expect(await checkout(await house.guest(), free)).toMatchObject({ ok: true });
    });
  });
});
