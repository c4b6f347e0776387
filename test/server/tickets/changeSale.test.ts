/** What a published workshop sells is changed while it is sold: through the door, and with a crowd at it. */
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Grant } from '../../../server/models/grant.js';
import { Seats } from '../../../server/models/seats.js';
import { Tier } from '../../../server/models/tier.js';
import { followSales } from '../../../server/workshops/publishing/followSale.js';
import type { PriceRule, TicketType } from '../../../shared/contracts/selling.js';
import { cancelling } from '../../../shared/contracts/tickets/cancelling.js';
import { tickets } from '../../../shared/contracts/tickets.js';
import { workshops, type ChangeSale } from '../../../shared/contracts/workshops.js';
import type { Reply } from '../../../shared/failures.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, publish } from '../workshops/aWorkshop.js';
import { checkout, choose, crowd, press } from './aSale.js';

type Sale = Pick<ChangeSale, 'pools' | 'types'>;

const refused = (code: string): object => ({ ok: false, failure: { code, data: {} } });
const codeOf = (reply: Reply<unknown>): string => (reply.ok ? 'ok' : reply.failure.code);

/** Two kinds of ticket share the seats online; one is for the only seat in the room. */
const inTheRoom: Sale = { pools: [{ key: 'room', name: 'In the room', capacity: 1 }], types: [{ key: 'room', name: 'In the room', pool: 'room', price: 4800, rules: [] }] };
const online: Sale = {
  pools: [{ key: 'online', name: 'Online', capacity: 2 }],
  types: [{ key: 'online', name: 'Online', pool: 'online', price: 1800, rules: [] }, { key: 'student', name: 'Online, student', pool: 'online', price: 600, rules: [] }] satisfies TicketType[],
};
const hybrid: Sale = { pools: [...inTheRoom.pools, ...online.pools], types: [...inTheRoom.types, ...online.types] };

let house: House;
let organizer: Guest;
beforeAll(async () => {
  house = await openHouse();
  organizer = await house.guest({ role: 'organizer' });
  await Tier.create({ key: 'friend', name: 'Friend', rank: 5 });
});
afterAll(() => house.close());

describe('what is sold of a published workshop', () => {
  const one = (capacity: number, price = 1800, rules: PriceRule[] = []) => ({ pools: [{ key: 'main', name: '', capacity }], types: [{ key: 'main', name: '', pool: 'main', price, rules }] });
  const change = (asker: Guest, workshopId: string, revision: number, sale: Sale, clientChangeId: string = randomUUID()) => asker.ask(workshops.changeSale, { workshopId, clientChangeId, revision, ...sale });

  it('is changed by its host for whoever buys from then on: what is sold or at the checkout keeps price, rules and seat', async () => {
    const { workshop, host } = await publish(house);
    const [paid, paying, later, friend] = [await house.guest(), await house.guest(), await house.guest(), await house.guest({ tier: 'friend' })];
    await press(house, dataOf(await checkout(paid, workshop.id)), 'pay');
    const before = await paid.next(tickets.orderChanged, (order) => order.state === 'paid');
    const open = dataOf(await checkout(paying, workshop.id));
    expect(dataOf(await change(host, workshop.id, 0, one(5, 2500, [{ kind: 'member', tierKey: 'friend', price: 2000 }])))).toMatchObject({ saleRevision: 1, capacity: 5, seatsLeft: 3, price: { amount: 2500 } });
    expect(await later.next(workshops.changed, ({ id, saleRevision }) => id === workshop.id && saleRevision === 1)).toMatchObject({ types: [{ price: 2500, pool: 'main' }] });
    expect(dataOf(await checkout(later, workshop.id)).price.amount).toBe(2500);
    expect(dataOf(await checkout(friend, workshop.id)).price.amount).toBe(2000);
    expect(dataOf(await checkout(paying, workshop.id))).toEqual(open);
    await press(house, open, 'pay');
    expect(await paying.next(tickets.orderChanged, (order) => order.state === 'paid')).toMatchObject({ price: { amount: 1800 }, refundRules: before.refundRules });
    expect(dataOf(await paid.ask(tickets.order, { orderId: before.id }))).toEqual(before);
  });

  it('takes no seat from anybody: a pool with fewer than are sold and held is refused with their number, and a kind may be added or dropped', async () => {
    const { workshop } = await publish(house, hybrid);
    const [first, second] = await Promise.all([house.guest(), house.guest()]);
    dataOf(await choose(first, workshop.id, 'online'));
    dataOf(await choose(second, workshop.id, 'student'));
    const small = { ...hybrid, pools: hybrid.pools.map((pool) => (pool.key === 'online' ? { ...pool, capacity: 1 } : pool)) };
    const tooSmall = { ok: false, failure: { code: 'pool.too_small', data: { pool: 'online', least: 2 } } };
    expect(await change(organizer, workshop.id, 0, small)).toEqual(tooSmall);
    expect(await change(organizer, workshop.id, 0, inTheRoom)).toEqual(tooSmall);
    expect(await change(organizer, workshop.id, 0, one(5, 20))).toMatchObject({ ok: false, failure: { code: 'price.too_small' } });
    expect(dataOf(await second.ask(workshops.show, { workshopId: workshop.id }))).toMatchObject({ saleRevision: 0, capacity: 3 });
    // Whom nobody has a seat of is free to go, and so is a kind of ticket whose seats another one sells.
    expect(dataOf(await change(organizer, workshop.id, 0, online))).toMatchObject({ saleRevision: 1, capacity: 2, seatsLeft: 0 });
    expect(await choose(await house.guest(), workshop.id, 'room')).toEqual(refused('ticket.type_not_found'));
  });

  it('is not lost when two change it at once, and is changed once by a retry; after a crash the workshop follows', async () => {
    const { workshop, host } = await publish(house);
    const names = [randomUUID(), randomUUID()];
    const [mine, theirs] = [one(7), one(8)];
    const replies = await Promise.all([change(organizer, workshop.id, 0, mine, names[0]), change(host, workshop.id, 0, theirs, names[1])]);
    expect(replies.map(codeOf).toSorted()).toEqual(['ok', 'sale.changed_since']);
    const winner = replies[0]?.ok ? 0 : 1;
    expect(dataOf(await change(organizer, workshop.id, 0, winner === 0 ? mine : theirs, names[winner]))).toMatchObject({ saleRevision: 1, capacity: winner === 0 ? 7 : 8 });
    expect(await change(organizer, workshop.id, 0, one(9))).toEqual(refused('sale.changed_since'));
    // As if the node had been killed between the two writes.
    await Seats.changeSale(new mongoose.Types.ObjectId(workshop.id), { clientChangeId: randomUUID(), ...one(11) }, 1, new Date());
    await followSales(house.app.deps);
    expect(dataOf(await host.ask(workshops.show, { workshopId: workshop.id }))).toMatchObject({ saleRevision: 2, capacity: 11, seatsLeft: 11 });
  });

  it('is nobody else\'s to change, nor what is over', async () => {
    const { workshop } = await publish(house, { price: { amount: 0, currency: 'eur' } });
    const [stranger, otherHost] = [await house.guest(), await house.guest({ role: 'host' })];
    const holder = await house.guest();
    dataOf(await checkout(holder, workshop.id));
    for (const guest of [stranger, holder, otherHost]) expect(await change(guest, workshop.id, 0, one(9))).toEqual(refused('workshop.not_found'));
    dataOf(await organizer.ask(cancelling.cancel, { workshopId: workshop.id, reason: 'Ill' }));
    expect(await change(organizer, workshop.id, 0, one(9))).toMatchObject({ ok: false, failure: { code: 'workshop.wrong_state' } });
  });

  it('holds while thirty buyers press: never more seats than there are, and none lost', async () => {
    const { workshop } = await publish(house, { capacity: 4, price: { amount: 0, currency: 'eur' } });
    const buyers = await crowd([house], 30);
    const sizes = [10, 6, 15, 8, 12];
    const edit = async (): Promise<number> => {
      let size = 4;
      for (const next of sizes) {
        const { saleRevision } = dataOf(await organizer.ask(workshops.show, { workshopId: workshop.id }));
        const reply = await change(organizer, workshop.id, saleRevision, one(next, 0));
        if (reply.ok) size = next;
        else expect(reply.failure.code).toBe('pool.too_small');
      }
      return size;
    };
    const [size, ...replies] = await Promise.all([edit(), ...buyers.map((buyer) => choose(buyer, workshop.id, 'main'))]);
    const sold = replies.filter((reply) => reply.ok).length;
    const { taken, holds, pools } = await Seats.findById(workshop.id).orFail().lean();
    expect({ pools: pools?.map(({ capacity }) => capacity), taken: taken.length, held: holds.length }).toEqual({ pools: [size], taken: sold, held: 0 });
    expect(sold).toBeLessThanOrEqual(size);
    expect(await Grant.countDocuments({ kind: 'workshop', ref: workshop.id })).toBe(sold);
  });
});
