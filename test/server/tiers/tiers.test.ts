import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rooms } from '../../../shared/contracts/rooms.js';
import { tiers } from '../../../shared/contracts/tiers.js';
import { openCommunity } from '../../../server/community/openCommunity.js';
import { Room } from '../../../server/models/room.js';
import { Tier } from '../../../server/models/tier.js';
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
