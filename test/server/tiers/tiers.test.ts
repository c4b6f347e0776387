import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prices } from '../../../shared/contracts/memberships/prices.js';
import { rooms } from '../../../shared/contracts/rooms.js';
import { tiers } from '../../../shared/contracts/tiers.js';
import { openCommunity } from '../../../server/community/openCommunity.js';
import { TierPrice } from '../../../server/models/memberships/tierPrice.js';
import { Room } from '../../../server/models/room.js';
import { Tier } from '../../../server/models/tier.js';
import { tellStripe } from '../../../server/tiers/tierTimers.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { codeOf, dataOf, openBrowser } from '../members/browser.js';

const supporter = { key: 'supporter', name: 'Supporter', rank: 1, perks: ['A lounge'] };

let house: House;
let organizer: Guest;
beforeEach(async () => {
  house = await openHouse();
  organizer = await house.guest({ role: 'organizer' });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await house.close();
});

const list = async () => dataOf(await openBrowser(house.url).ask(tiers.list));

describe('tiers.save', () => {
  it('makes a tier, changes it, and shows it to anyone in its order', async () => {
    dataOf(await organizer.ask(tiers.save, { key: 'patron', name: 'Patron', rank: 5, perks: [] }));
    dataOf(await organizer.ask(tiers.save, supporter));
    expect(dataOf(await organizer.ask(tiers.save, { ...supporter, name: 'Friend', perks: [] }))).toEqual({ ...supporter, name: 'Friend', perks: [] });
    expect((await list()).map(({ key, name, rank }) => [key, name, rank])).toEqual([
      ['free', 'Free', 0],
      ['supporter', 'Friend', 1],
      ['patron', 'Patron', 5],
    ]);
  });

  it('refuses a rank that another tier has, and changes nothing', async () => {
    dataOf(await organizer.ask(tiers.save, supporter));
    expect(codeOf(await organizer.ask(tiers.save, { ...supporter, key: 'patron' }))).toBe('tier.key_taken');
    dataOf(await organizer.ask(tiers.save, { ...supporter, key: 'patron', rank: 2 }));
    expect(codeOf(await organizer.ask(tiers.save, { ...supporter, key: 'patron', rank: 1 }))).toBe('tier.key_taken');
    expect((await list()).map(({ key, rank }) => [key, rank])).toEqual([['free', 0], ['supporter', 1], ['patron', 2]]);
  });

  it('leaves the free tier as it is', async () => {
    const before = await list();
    expect(codeOf(await organizer.ask(tiers.save, { ...supporter, key: 'free' }))).toBe('tier.key_taken');
    expect(await list()).toEqual(before);
  });

  it('makes one tier of the same one saved several times at once', async () => {
    const replies = await Promise.all([1, 2, 3, 4].map(() => organizer.ask(tiers.save, supporter)));
    expect(replies.every((reply) => reply.ok)).toBe(true);
    expect(await Tier.countDocuments({ key: 'supporter' })).toBe(1);
  });

  it('gives the tier’s rank to every room it opens, and to no other', async () => {
    dataOf(await organizer.ask(tiers.save, supporter));
    dataOf(await organizer.ask(tiers.save, { ...supporter, key: 'patron', rank: 2 }));
    for (const tierKey of ['supporter', 'patron', 'free']) dataOf(await organizer.ask(rooms.create, { name: tierKey, topic: '', gate: { kind: 'tier', tierKey } }));
    dataOf(await organizer.ask(tiers.save, { ...supporter, rank: 7 }));
    expect(dataOf(await organizer.ask(rooms.list, {})).map(({ name, gate }) => [name, gate.kind === 'tier' ? gate.rank : null])).toEqual([['free', 0], ['patron', 2], ['supporter', 7]]);
  });

  it('leaves rooms with the rank that was given last, when a slower node still writes the one before', async () => {
    dataOf(await organizer.ask(tiers.save, supporter));
    dataOf(await organizer.ask(rooms.create, { name: 'lounge', topic: '', gate: { kind: 'tier', tierKey: 'supporter' } }));
    const write = Room.updateMany.bind(Room);
    vi.spyOn(Room, 'updateMany').mockImplementationOnce(((...change: Parameters<typeof write>) =>
      organizer.ask(tiers.save, { ...supporter, rank: 9 }).then(() => write(...change))) as unknown as typeof Room.updateMany);
    dataOf(await organizer.ask(tiers.save, { ...supporter, rank: 4 }));
    expect((await list()).map(({ rank }) => rank)).toEqual([0, 9]);
    expect((await Room.findOne().lean())?.gate).toMatchObject({ rank: 9 });
  });

  it('is the organizers’ alone', async () => {
    for (const role of ['member', 'moderator', 'host'] as const) {
      expect(codeOf(await (await house.guest({ role })).ask(tiers.save, supporter))).toBe('role.required');
    }
    expect(codeOf(await openBrowser(house.url).ask(tiers.save, supporter))).toBe('session.required');
    expect(await list()).toHaveLength(1);
  });
});

const monthly = { tierKey: 'supporter', interval: 'month', amount: 500, currency: 'eur', trialDays: 14 } as const;
const named = (change: object = {}) => ({ clientPriceId: randomUUID(), ...monthly, ...change });
const offered = async () => (await list()).find(({ key }) => key === 'supporter')?.prices.map(({ interval, price, trialDays }) => [interval, price.amount, price.currency, trialDays]);
const atStripe = () => house.app.deps.payments.stripe.prices.list({ limit: 100 });

describe('prices.set', () => {
  beforeEach(async () => void dataOf(await organizer.ask(tiers.save, supporter)));

  it('sets what newcomers pay, shown to anyone, and known to Stripe under the tier’s name', async () => {
    const input = named();
    const [one, again] = [dataOf(await organizer.ask(prices.set, input)), dataOf(await organizer.ask(prices.set, input))];
    expect(again).toEqual(one);
    expect(one).toMatchObject({ isReady: true, closedAt: null, price: { amount: 500, currency: 'eur' } });
    dataOf(await organizer.ask(prices.set, named({ interval: 'year', amount: 5000, trialDays: 0 })));
    expect(await offered()).toEqual([['month', 500, 'eur', 14], ['year', 5000, 'eur', 0]]);
    const { data } = await atStripe();
    expect(data.map(({ unit_amount, recurring }) => [unit_amount, recurring?.interval])).toEqual([[5000, 'year'], [500, 'month']]);
    expect(new Set(data.map(({ product }) => product)).size).toBe(1);

    dataOf(await organizer.ask(tiers.save, { ...supporter, name: 'Friend' }));
    await tellStripe(house.app.deps);
    expect((await house.app.deps.payments.stripe.products.list()).data.map(({ name }) => name)).toEqual(['Friend']);
  });

  it('puts a new price in the place of the one before it, which stays as it is; closing leaves none', async () => {
    const old = dataOf(await organizer.ask(prices.set, named()));
    const next = dataOf(await organizer.ask(prices.set, named({ amount: 700 })));
    expect(await offered()).toEqual([['month', 700, 'eur', 14]]);
    const rows = dataOf(await organizer.ask(prices.list, {}));
    expect(rows.map(({ id, price, closedAt }) => [id, price.amount, closedAt === null])).toEqual([[next.id, 700, true], [old.id, 500, false]]);
    expect((await atStripe()).data.every(({ active }) => active)).toBe(true);
    // The older one is not offered either where a crash left it open.
    await TierPrice.updateOne({ _id: old.id }, { $set: { closedAt: null } });
    expect(await TierPrice.openById(old.id)).toBeNull();
    expect(String((await TierPrice.openById(next.id))?._id)).toBe(next.id);
    const closed = dataOf(await organizer.ask(prices.close, { priceId: next.id }));
    expect(dataOf(await organizer.ask(prices.close, { priceId: next.id }))).toEqual(closed);
    expect([await offered(), await TierPrice.openById(next.id)]).toEqual([[], null]);
    expect(codeOf(await organizer.ask(prices.close, { priceId: '0'.repeat(24) }))).toBe('price.not_found');
  });

  it('leaves one on offer of many that are set at once', async () => {
    const amounts = [501, 502, 503, 504, 505, 506];
    for (const reply of await Promise.all(amounts.map((amount) => organizer.ask(prices.set, named({ amount }))))) dataOf(reply);
    const open = await offered();
    expect(open).toHaveLength(1);
    expect((await TierPrice.find().sort({ number: -1 }).lean()).map(({ amount, number, closedAt }) => [number, closedAt === null, amount === open?.[0]?.[1]])).toEqual(
      [6, 5, 4, 3, 2, 1].map((number) => [number, number === 6, number === 6]),
    );
    expect((await atStripe()).data).toHaveLength(6);
  });

  it('stands when Stripe cannot be told, or was told just before a crash, and is told once', async () => {
    const { products } = house.app.deps.payments.stripe;
    vi.spyOn(products, 'list').mockRejectedValueOnce(new Error('no road to Stripe'));
    const price = dataOf(await organizer.ask(prices.set, named()));
    expect([price.isReady, await offered()]).toEqual([false, [['month', 500, 'eur', 14]]]);
    const isReady = async () => dataOf(await organizer.ask(prices.list, {})).map((row) => row.isReady);
    await tellStripe(house.app.deps);
    expect(await isReady()).toEqual([true]);
    const [known] = (await atStripe()).data;
    await TierPrice.updateOne({ _id: price.id }, { $set: { stripePriceId: null } });
    await Promise.all([tellStripe(house.app.deps), tellStripe(house.app.deps)]);
    expect(await isReady()).toEqual([true]);
    expect((await atStripe()).data.map(({ id }) => id)).toEqual([known?.id]);
    expect((await TierPrice.findById(price.id).lean())?.stripePriceId).toBe(known?.id);
  });

  it('refuses what cannot be sold, and changes nothing', async () => {
    expect(codeOf(await organizer.ask(prices.set, named({ tierKey: 'nobodys' })))).toBe('tier.not_found');
    expect(codeOf(await organizer.ask(prices.set, named({ tierKey: 'free' })))).toBe('tier.not_found');
    expect(codeOf(await organizer.ask(prices.set, named({ amount: 49 })))).toBe('price.too_small');
    for (const wrong of [{ amount: 0 }, { amount: 5.5 }, { trialDays: 731 }, { interval: 'week' }, { currency: 'EUR' }]) expect(codeOf(await organizer.ask(prices.set, named(wrong) as never))).toBe('input.invalid');
    expect(codeOf(await (await house.guest({ role: 'host' })).ask(prices.set, named()))).toBe('role.required');
    expect([await offered(), await TierPrice.countDocuments()]).toEqual([[], 0]);
    dataOf(await organizer.ask(prices.set, named({ amount: 50 })));
    expect(await offered()).toEqual([['month', 50, 'eur', 14]]);
  });
});

describe('opening a community again', () => {
  it('changes nothing, and finishes gates that a crash left behind their tier', async () => {
    dataOf(await organizer.ask(tiers.save, supporter));
    dataOf(await organizer.ask(rooms.create, { name: 'lounge', topic: '', gate: { kind: 'tier', tierKey: 'supporter' } }));
    const before = await list();
    await Room.updateMany({ 'gate.kind': 'tier' }, { $set: { 'gate.rank': 0 } });
    await Promise.all([openCommunity(), openCommunity()]);
    expect(await list()).toEqual(before);
    expect((await Room.findOne().lean())?.gate).toMatchObject({ rank: 1 });
  });
});
