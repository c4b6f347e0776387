import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Room } from '../../../server/models/room.js';
import { Seats } from '../../../server/models/seats.js';
import { Workshop } from '../../../server/models/workshop.js';
import type { TicketType } from '../../../shared/contracts/selling.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { askRoute } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, publish, ticketHolder, workshopForm } from './aWorkshop.js';

/** One ticket type over one pool, with something about it changed. */
const selling = (changes: Partial<TicketType>, capacity = 3) => ({
  pools: [{ key: 'main', name: '', capacity }],
  types: [{ key: 'main', name: '', pool: 'main', price: 1800, rules: [], ...changes }],
});

describe('publishing a workshop', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  it('announces it to everybody, with a room and seats of its own', async () => {
    const member = await house.guest();
    const { workshop, host } = await publish(house, { title: 'Announced' });

    expect(workshop).toMatchObject({ title: 'Announced', state: 'scheduled', seatsLeft: 3, hosts: [{ id: host.id, role: 'host' }], you: { canEnter: true, canHost: true, why: 'staff' } });
    expect((await member.heard(workshops.changed)).map((facts) => facts.id)).toEqual([workshop.id]);
    expect(await Room.findById(workshop.roomId).lean()).toMatchObject({ isListed: false, gate: { kind: 'workshop', workshopId: new Types.ObjectId(workshop.id) } });
    expect(await Seats.findById(workshop.id).lean()).toMatchObject({ pools: [{ key: 'main', capacity: 3 }], taken: [], holds: [] });
  });

  it('is done once, however often and however much at once it is asked', async () => {
    const [organizer, member] = [await house.guest({ role: 'organizer' }), await house.guest()];
    const form = workshopForm([organizer.id]);
    const replies = await Promise.all(Array.from({ length: 6 }, () => organizer.ask(workshops.publish, form)));
    const ids = new Set(replies.map((reply) => dataOf(reply).id));

    expect(ids.size).toBe(1);
    expect(await Workshop.countDocuments({ clientWorkshopId: form.clientWorkshopId })).toBe(1);
    expect(await Room.countDocuments({ 'gate.kind': 'workshop', 'gate.workshopId': [...ids][0] })).toBe(1);
    expect((await member.heard(workshops.changed)).filter((facts) => ids.has(facts.id))).toHaveLength(1);
  });

  it('goes on from what a crash left, and shows nothing of it before', async () => {
    const organizer = await house.guest({ role: 'organizer' });
    const form = workshopForm([organizer.id], { title: 'Cut off' });
    const first = dataOf(await organizer.ask(workshops.publish, form));
    // As if the process had died before the last write.
    await Workshop.deleteOne({ _id: first.id });
    expect(dataOf(await organizer.ask(workshops.list, {})).map((one) => one.id)).not.toContain(first.id);

    const again = dataOf(await organizer.ask(workshops.publish, { ...form, pools: [{ key: 'main', name: '', capacity: 7 }] }));
    expect(again).toMatchObject({ id: first.id, roomId: first.roomId, capacity: 7, seatsLeft: 7 });
    expect(await Room.countDocuments({ 'gate.kind': 'workshop', 'gate.workshopId': first.id })).toBe(1);
  });

  it('refuses a host who may not host, and changes nothing', async () => {
    const [organizer, member, host] = [await house.guest({ role: 'organizer' }), await house.guest(), await house.guest({ role: 'host' })];
    const before = await Workshop.countDocuments();
    for (const hostIds of [[member.id], ['0'.repeat(24)], [host.id, member.id]]) {
      expect(await organizer.ask(workshops.publish, workshopForm(hostIds))).toEqual({ ok: false, failure: { code: 'member.not_found', data: {} } });
    }
    expect(await Workshop.countDocuments()).toBe(before);
    expect(await organizer.ask(workshops.publish, workshopForm([host.id, organizer.id]))).toMatchObject({ ok: true });
  });

  it('is for organizers only', async () => {
    const [host, organizer] = [await house.guest({ role: 'host' }), await house.guest({ role: 'organizer' })];
    const form = workshopForm([host.id]);
    expect(await host.ask(workshops.publish, form)).toEqual({ ok: false, failure: { code: 'role.required', data: {} } });
    expect(await askRoute(house.url, workshops.publish, form)).toEqual({ ok: false, failure: { code: 'session.required', data: {} } });
    expect(await organizer.ask(workshops.publish, form)).toMatchObject({ ok: true });
  });

  it('shows everybody the same facts, and each their own standing', async () => {
    const { workshop, host } = await publish(house, { title: 'Shown' });
    const [holder, stranger, moderator] = [await ticketHolder(house, workshop.id), await house.guest(), await house.guest({ role: 'moderator' })];
    const { you: _yours, ...facts } = workshop;
    const standings = [
      { who: host, you: { canEnter: true, canHost: true, why: 'host' } },
      { who: holder, you: { canEnter: true, canHost: false, why: 'ticket' } },
      { who: moderator, you: { canEnter: true, canHost: false, why: 'staff' } },
      { who: stranger, you: { canEnter: false, canHost: false, why: null, orderId: null, ended: null } },
    ];
    for (const { who, you } of standings) {
      expect(await who.ask(workshops.show, { workshopId: workshop.id })).toMatchObject({ ok: true, data: { ...facts, you } });
      expect(dataOf(await who.ask(workshops.list, {})).find((one) => one.id === workshop.id)).toMatchObject({ ...facts, you });
    }
    const anonymous = await askRoute(house.url, workshops.show, { workshopId: workshop.id });
    expect(anonymous).toEqual({ ok: true, data: { ...facts, you: { canEnter: false, canHost: false, why: null, orderId: null, ended: null } } });
    expect(await stranger.ask(workshops.show, { workshopId: '0'.repeat(24) })).toEqual({ ok: false, failure: { code: 'workshop.not_found', data: {} } });
  });

  it.each([
    ['everybody', 'eur', 50, { price: 49 }, { price: 50 }],
    ['members of a tier', 'jpy', 50, { rules: [{ kind: 'member', tierKey: 'free', price: 49 }] }, { rules: [{ kind: 'member', tierKey: 'free', price: 50 }] }],
    ['the early ones', 'huf', 17_500, { price: 20_000, rules: [{ kind: 'early', until: '2027-02-01T00:00:00.000Z', price: 17_499 }] }, { price: 20_000, rules: [{ kind: 'early', until: '2027-02-01T00:00:00.000Z', price: 0 }] }],
  ] as [string, string, number, Partial<TicketType>, Partial<TicketType>][])('refuses a price for %s that Stripe would not charge in %s, before anybody is asked it', async (_whom, currency, least, wrong, right) => {
    const organizer = await house.guest({ role: 'organizer' });
    const form = { ...workshopForm([organizer.id]), currency };
    expect(await organizer.ask(workshops.publish, { ...form, ...selling(wrong) })).toEqual({ ok: false, failure: { code: 'price.too_small', data: { least: { amount: least, currency } } } });
    expect(await Workshop.countDocuments({ clientWorkshopId: form.clientWorkshopId })).toBe(0);
    expect(await organizer.ask(workshops.publish, { ...form, ...selling(right) })).toMatchObject({ ok: true });
  });

  it('refuses a price for members of a tier that there is not', async () => {
    const organizer = await house.guest({ role: 'organizer' });
    const form = { ...workshopForm([organizer.id]), ...selling({ rules: [{ kind: 'member', tierKey: 'nobodys', price: 900 }] }) };
    expect(await organizer.ask(workshops.publish, form)).toEqual({ ok: false, failure: { code: 'tier.not_found', data: {} } });
  });

  it('refuses what is no workshop', async () => {
    const organizer = await house.guest({ role: 'organizer' });
    const form = workshopForm([organizer.id]);
    const wrong = [
      { ...form, ...selling({ price: 9.5 }) },
      { ...form, ...selling({ price: -1 }) },
      { ...form, ...selling({ price: 100_000_000 }) },
      { ...form, currency: 'EUR' },
      { ...form, ...selling({}, 0) },
      { ...form, ...selling({ pool: 'elsewhere' }) },
      { ...form, ...selling({ rules: [{ kind: 'first', count: 2, price: 1800 }] }) },
      { ...form, ...selling({ rules: [{ kind: 'first', count: 2, price: 900 }, { kind: 'first', count: 3, price: 800 }] }) },
      { ...form, types: [...form.types, ...form.types] },
      { ...form, pools: [...form.pools, { key: 'unsold', name: 'Unsold', capacity: 1 }] },
      { ...form, hostIds: [] },
      { ...form, clientWorkshopId: 'x' },
      { ...form, title: { $gt: '' } },
      { ...form, state: 'live' },
    ];
    for (const input of wrong) {
      const reply = await organizer.ask(workshops.publish, { ...(input as typeof form), clientWorkshopId: input.clientWorkshopId === 'x' ? 'x' : randomUUID() });
      expect(reply).toMatchObject({ ok: false, failure: { code: 'input.invalid' } });
    }
    expect(await organizer.ask(workshops.publish, form)).toMatchObject({ ok: true });
  });
});
