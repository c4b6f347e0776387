import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { members } from '../../../shared/contracts/members.js';
import { rights } from '../../../shared/contracts/rights.js';
import { rooms, type RoomView } from '../../../shared/contracts/rooms.js';
import { tiers } from '../../../shared/contracts/tiers.js';
import { Room } from '../../../server/models/room.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { codeOf, dataOf } from '../members/browser.js';

let house: House;
let organizer: Guest;
beforeEach(async () => {
  house = await openHouse();
  organizer = await house.guest({ role: 'organizer' });
  dataOf(await organizer.ask(tiers.save, { key: 'supporter', name: 'Supporter', rank: 1, perks: [] }));
});
afterEach(() => house.close());

const make = async (name: string, tierKey: string | null): Promise<RoomView> =>
  dataOf(await organizer.ask(rooms.create, { name, topic: '', gate: tierKey === null ? { kind: 'staff' } : { kind: 'tier', tierKey } }));

describe('rooms.create', () => {
  it('makes a room with its tier’s rank, and everybody is told that the directory changed', async () => {
    const ada = await house.guest();
    expect(await make('lounge', 'supporter')).toMatchObject({ name: 'lounge', gate: { kind: 'tier', tierKey: 'supporter', rank: 1 }, canEnter: true, lastSeq: 0 });
    expect(await ada.heard(rooms.changed)).toHaveLength(1);
  });

  it('refuses a name that is taken and a tier that is not there, and makes nothing', async () => {
    await make('lounge', 'free');
    const room = { name: 'lounge', topic: '', gate: { kind: 'staff' as const } };
    expect(codeOf(await organizer.ask(rooms.create, room))).toBe('room.name_taken');
    expect(codeOf(await organizer.ask(rooms.create, { ...room, name: 'other', gate: { kind: 'tier', tierKey: 'nowhere' } }))).toBe('tier.not_found');
    expect(await Room.countDocuments()).toBe(1);
  });

  it('is the organizers’ alone', async () => {
    const host = await house.guest({ role: 'host' });
    expect(codeOf(await host.ask(rooms.create, { name: 'mine', topic: '', gate: { kind: 'staff' } }))).toBe('role.required');
    expect(await Room.countDocuments()).toBe(0);
  });
});

describe('rooms.list', () => {
  it('shows every door in order, and what stands inside only to those who may enter', async () => {
    const [lounge] = [await make('lounge', 'supporter'), await make('backstage', null), await make('general', 'free')];
    dataOf(await organizer.call(chat.send, { roomId: lounge.id, clientMessageId: randomUUID(), text: 'Hello' }));
    const seenBy = async (guest: Guest) => dataOf(await guest.ask(rooms.list, {})).map(({ name, canEnter, lastSeq }) => ({ name, canEnter, lastSeq }));

    expect(await seenBy(await house.guest())).toEqual([
      { name: 'backstage', canEnter: false, lastSeq: null },
      { name: 'general', canEnter: true, lastSeq: 0 },
      { name: 'lounge', canEnter: false, lastSeq: null },
    ]);
    expect(await seenBy(await house.guest({ tier: 'supporter' }))).toEqual([
      { name: 'backstage', canEnter: false, lastSeq: null },
      { name: 'general', canEnter: true, lastSeq: 0 },
      { name: 'lounge', canEnter: true, lastSeq: 1 },
    ]);
    expect((await seenBy(await house.guest({ role: 'moderator' }))).every(({ canEnter }) => canEnter)).toBe(true);
  });

  it('leaves rooms of workshops out: they are reached through their workshop', async () => {
    await Room.create({ name: 'A workshop', topic: '', gate: { kind: 'workshop', workshopId: 'a'.repeat(24) }, isListed: false });
    expect(dataOf(await organizer.ask(rooms.list, {}))).toEqual([]);
  });
});

describe('a gate that changes', () => {
  it('follows its tier’s rank, and whoever is inside and no longer may be is out', async () => {
    const lounge = await make('lounge', 'supporter');
    dataOf(await organizer.ask(tiers.save, { key: 'patron', name: 'Patron', rank: 2, perks: [] }));
    const [patron, supporter] = [await house.guest({ tier: 'patron' }), await house.guest({ tier: 'supporter' })];
    for (const guest of [patron, supporter]) dataOf(await guest.call(chat.join, { roomId: lounge.id }));

    // Supporters now stand above patrons.
    dataOf(await organizer.ask(tiers.save, { key: 'supporter', name: 'Supporter', rank: 3, perks: [] }));
    expect(dataOf(await organizer.ask(rooms.list, {}))[0]?.gate).toMatchObject({ rank: 3 });
    expect(await patron.next(rights.leftRoom)).toEqual({ roomId: lounge.id, reason: null });
    dataOf(await organizer.call(chat.send, { roomId: lounge.id, clientMessageId: randomUUID(), text: 'Hello' }));

    expect(await supporter.heard(chat.posted)).toHaveLength(1);
    expect(await patron.heard(chat.posted)).toEqual([]);
    expect(codeOf(await patron.call(chat.history, { roomId: lounge.id }))).toBe('room.not_found');
    expect(dataOf(await patron.ask(members.me, {})).tier.key).toBe('patron');
  });
});
