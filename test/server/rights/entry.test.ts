/** "Why can I (not) enter" says yes exactly where the door opens: the gate itself is the oracle. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Grant, type GrantDocument } from '../../../server/models/grant.js';
import { Member } from '../../../server/models/member.js';
import { Room } from '../../../server/models/room.js';
import { chat } from '../../../shared/contracts/chat.js';
import { moderation, type Restrict } from '../../../shared/contracts/moderation.js';
import { entry, type AskEntry, type EntryView } from '../../../shared/contracts/rights/entry.js';
import { rooms } from '../../../shared/contracts/rooms.js';
import { cancelling } from '../../../shared/contracts/tickets/cancelling.js';
import { tickets } from '../../../shared/contracts/tickets.js';
import { tiers } from '../../../shared/contracts/tiers.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { askRoute, type Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, publish, workshopForm } from '../workshops/aWorkshop.js';

const hourMs = 3_600_000;
const free = { amount: 0, currency: 'eur' };

/** Every way to stand before a door. */
const kinds = [
  'newcomer', 'gifted', 'subscriber', 'inGrace', 'expired', 'giftWithdrawn', 'lowerTier', 'holder', 'refunded', 'disputed', 'overByTime', 'notYet', 'twoTickets',
  'moderator', 'host', 'otherHost', 'removedHost', 'organizer', 'bannedHere', 'bannedEverywhere', 'timedOut',
] as const;
type Kind = (typeof kinds)[number];

const doors = ['everybodys', 'forFriends', 'forStaff', 'scheduled', 'live', 'ended', 'cancelled'] as const;
type DoorName = (typeof doors)[number];

/** What the gate is known to say of a few, so that not all of them are judged alike: the oracle and the page could be wrong together. */
const known: [Kind, DoorName, EntryView['verdict']['cause']][] = [
  ['newcomer', 'everybodys', 'everyone'], ['newcomer', 'forFriends', 'tier_too_low'], ['newcomer', 'forStaff', 'staff_only'], ['newcomer', 'scheduled', 'no_ticket'],
  ['gifted', 'forFriends', 'tier'], ['inGrace', 'forFriends', 'tier'], ['expired', 'forFriends', 'tier_too_low'], ['lowerTier', 'forFriends', 'tier_too_low'],
  ['holder', 'scheduled', 'ticket'], ['holder', 'ended', 'ticket'], ['holder', 'cancelled', 'cancelled'], ['refunded', 'scheduled', 'no_ticket'], ['notYet', 'live', 'no_ticket'],
  ['twoTickets', 'live', 'ticket'], ['moderator', 'forStaff', 'staff'], ['moderator', 'cancelled', 'staff'], ['host', 'scheduled', 'host'], ['otherHost', 'scheduled', 'no_ticket'],
  ['removedHost', 'scheduled', 'no_ticket'], ['organizer', 'cancelled', 'staff'], ['bannedHere', 'scheduled', 'banned'], ['bannedHere', 'everybodys', 'everyone'],
  ['bannedEverywhere', 'everybodys', 'banned'], ['timedOut', 'scheduled', 'ticket'],
];

let house: House;
let organizer: Guest;
const people = new Map<Kind, Guest>();
const places = new Map<DoorName, { ask: AskEntry; roomId: string; workshopId: string | null }>();

const person = (kind: Kind): Guest => people.get(kind) ?? never();
const place = (door: DoorName) => places.get(door) ?? never();

function never(): never {
  throw new Error('everybody and everything was made');
}

beforeAll(async () => {
  house = await openHouse();
  organizer = await house.guest({ role: 'organizer' });
  dataOf(await organizer.ask(tiers.save, { key: 'helpers', name: 'Helpers', rank: 3, perks: [] }));
  dataOf(await organizer.ask(tiers.save, { key: 'friends', name: 'Friends', rank: 5, perks: [] }));
  await openRooms();
  await gather();
  await openWorkshops();
  for (const kind of kinds) await equip(kind);
});
afterAll(() => house.close());

async function openRooms(): Promise<void> {
  for (const [door, gate] of [['everybodys', { kind: 'tier', tierKey: 'free' }], ['forFriends', { kind: 'tier', tierKey: 'friends' }], ['forStaff', { kind: 'staff' }]] as const) {
    const { id } = dataOf(await organizer.ask(rooms.create, { name: door, topic: '', gate }));
    places.set(door, { ask: { place: 'room', placeId: id }, roomId: id, workshopId: null });
  }
}

const roles = new Map<Kind, 'moderator' | 'host' | 'organizer'>([['moderator', 'moderator'], ['host', 'host'], ['otherHost', 'host'], ['removedHost', 'host'], ['organizer', 'organizer']]);

async function gather(): Promise<void> {
  for (const kind of kinds) {
    const role = roles.get(kind);
    people.set(kind, await house.guest(role ? { role } : {}));
  }
}

async function openWorkshops(): Promise<void> {
  const hostIds = [person('host').id, person('removedHost').id];
  for (const door of ['scheduled', 'live', 'ended', 'cancelled'] as const) {
    const { id, roomId } = dataOf(await organizer.ask(workshops.publish, workshopForm(hostIds, { price: free, capacity: 30 })));
    places.set(door, { ask: { place: 'workshop', placeId: id }, roomId, workshopId: id });
    if (door === 'live' || door === 'ended') dataOf(await person('host').call(workshops.goLive, { workshopId: id }));
    if (door === 'ended') dataOf(await person('host').call(workshops.end, { workshopId: id }));
  }
  await Member.updateOne({ _id: person('removedHost').id }, { $set: { role: 'member' } });
  await house.app.deps.judgeAgain(person('removedHost').id);
}

type Right = Pick<GrantDocument, 'kind' | 'ref'> & Partial<Pick<GrantDocument, 'startsAt' | 'endsAt' | 'endReason' | 'endsBecause'>> & { from: GrantDocument['source']['kind'] };

/** What each kind holds, or held. */
async function equip(kind: Kind): Promise<void> {
  const past = new Date(Date.now() - hourMs);
  const coming = new Date(Date.now() + hourMs);
  const tier = (ref: string, more: Omit<Right, 'kind' | 'ref'>): Right[] => [{ kind: 'tier', ref, ...more }];
  const ticket = (more: Omit<Right, 'kind' | 'ref' | 'from'> = {}): Right[] => doors.flatMap((door) => (place(door).workshopId === null ? [] : [{ kind: 'workshop' as const, ref: place(door).workshopId ?? '', from: 'ticket' as const, ...more }]));
  const held: Partial<Record<Kind, Right[]>> = {
    gifted: tier('friends', { from: 'gift' }),
    subscriber: tier('friends', { from: 'subscription' }),
    inGrace: tier('friends', { from: 'subscription', endsAt: coming, endsBecause: 'payment_failed' }),
    expired: tier('friends', { from: 'subscription', endsAt: past, endReason: 'payment_failed' }),
    giftWithdrawn: tier('friends', { from: 'gift', endsAt: past, endReason: 'withdrawn' }),
    lowerTier: tier('helpers', { from: 'subscription' }),
    holder: ticket(),
    refunded: ticket({ endsAt: past, endReason: 'refunded' }),
    disputed: ticket({ endsAt: past, endReason: 'disputed' }),
    overByTime: ticket({ endsAt: past }),
    notYet: ticket({ startsAt: coming }),
    twoTickets: [...ticket({ endsAt: past, endReason: 'refunded' }), ...ticket()],
    bannedHere: ticket(),
    bannedEverywhere: [...ticket(), ...tier('friends', { from: 'gift' })],
    timedOut: ticket(),
  };
  const rights = held[kind] ?? [];
  const earlier = new Date(Date.now() - 2 * hourMs);
  await Grant.create(rights.map(({ from, ...right }) => ({ startsAt: earlier, ...right, memberId: person(kind).id, source: { kind: from, id: randomUUID().replaceAll('-', '').slice(0, 24) } })));
  if (kind === 'bannedHere') for (const door of doors.slice(3)) await restrict({ kind: 'ban', memberId: person(kind).id, roomId: place(door).roomId, minutes: null });
  if (kind === 'bannedEverywhere') await restrict({ kind: 'ban', memberId: person(kind).id, roomId: null, minutes: 60 });
  if (kind === 'timedOut') await restrict({ kind: 'timeout', memberId: person(kind).id, roomId: place('scheduled').roomId, minutes: 60 });
  await house.app.deps.judgeAgain(person(kind).id);
  // The last one: what was cancelled is so for all of them.
  if (kind === kinds.at(-1)) dataOf(await organizer.ask(cancelling.cancel, { workshopId: place('cancelled').workshopId ?? '', reason: 'The host is ill' }));
}

async function restrict(what: Omit<Restrict, 'clientRestrictionId' | 'reason'>): Promise<void> {
  dataOf(await organizer.call(moderation.restrict, { ...what, clientRestrictionId: randomUUID(), reason: 'Shouting' }));
}

/** What the gate itself does: of a workshop its own door, where that is open to be tried, and its room's. */
async function opens(guest: Guest, door: DoorName): Promise<boolean> {
  const { roomId, workshopId } = place(door);
  const joined = (await guest.call(chat.join, { roomId })).ok;
  if (workshopId !== null && (door === 'scheduled' || door === 'live')) expect((await guest.call(workshops.enter, { workshopId })).ok, 'room and workshop open as one').toBe(joined);
  return joined;
}

describe('why one may enter', () => {
  for (const kind of kinds) {
    it(`is told to the ${kind} as the gate decides, and to the organizer alike`, async () => {
      const guest = person(kind);
      // Within everybody's limits.
      const asker = kinds.indexOf(kind) % 2 === 0 ? organizer : person('organizer');
      for (const door of doors) {
        const told = dataOf(await guest.ask(entry.mine, place(door).ask));
        expect(told.verdict.canEnter, `${kind} at ${door}: ${told.verdict.cause}`).toBe(await opens(guest, door));
        expect(dataOf(await asker.ask(entry.of, { memberId: guest.id, ...place(door).ask }))).toEqual(told);
        if (told.verdict.cause === 'ticket' || told.verdict.cause === 'tier') expect(told.grants.some(({ state }) => state === 'live'), `${kind} at ${door}`).toBe(true);
        if (told.verdict.cause === 'no_ticket' || told.verdict.cause === 'tier_too_low') expect(told.grants.some(({ state }) => state === 'live'), `${kind} at ${door}`).toBe(false);
      }
    });
  }

  it('names the one cause that decided', async () => {
    for (const [kind, door, cause] of known) expect(dataOf(await person(kind).ask(entry.mine, place(door).ask)).verdict.cause, `${kind} at ${door}`).toBe(cause);
  });

  it('is the same for all who ask at one moment, be they judged together', async () => {
    const verdict = async (kind: Kind, door: DoorName) => dataOf(await person(kind).ask(entry.mine, place(door).ask)).verdict;
    for (const door of ['forFriends', 'scheduled'] as const) {
      const apart: unknown[] = [];
      for (const kind of kinds) apart.push(await verdict(kind, door));
      expect(await Promise.all(kinds.map((kind) => verdict(kind, door))), door).toEqual(apart);
    }
  });

  it('names every right with its source, its span, and why it ended or will end', async () => {
    const rights = async (kind: Kind, door: DoorName) => dataOf(await person(kind).ask(entry.mine, place(door).ask)).grants.map(({ state, source, reason, tierName, endsAt }) => ({ state, source, reason, tierName, ends: endsAt !== null }));
    expect(await rights('gifted', 'forFriends')).toEqual([{ state: 'live', source: 'gift', reason: null, tierName: 'Friends', ends: false }]);
    expect(await rights('inGrace', 'forFriends')).toEqual([{ state: 'live', source: 'subscription', reason: 'payment_failed', tierName: 'Friends', ends: true }]);
    expect(await rights('giftWithdrawn', 'forFriends')).toEqual([{ state: 'ended', source: 'gift', reason: 'withdrawn', tierName: 'Friends', ends: true }]);
    expect(await rights('overByTime', 'scheduled')).toEqual([{ state: 'ended', source: 'ticket', reason: 'ended_by_time', tierName: null, ends: true }]);
    expect(await rights('notYet', 'scheduled')).toEqual([{ state: 'coming', source: 'ticket', reason: null, tierName: null, ends: false }]);
    expect(await rights('twoTickets', 'live')).toEqual([{ state: 'live', source: 'ticket', reason: null, tierName: null, ends: false }, { state: 'ended', source: 'ticket', reason: 'refunded', tierName: null, ends: true }]);
    expect(await rights('lowerTier', 'forFriends')).toEqual([]);
  });

  it('says what would open it, what holds one back, and what order waits', async () => {
    const mine = async (kind: Kind, door: DoorName) => dataOf(await person(kind).ask(entry.mine, place(door).ask));
    expect(await mine('lowerTier', 'forFriends')).toMatchObject({ tier: { key: 'helpers' }, neededTier: { key: 'friends', prices: [] }, workshop: null });
    expect(await mine('newcomer', 'scheduled')).toMatchObject({ neededTier: null, workshop: { sale: { isOpen: true, seatsLeft: 30 } }, order: null });
    expect(await mine('newcomer', 'ended')).toMatchObject({ workshop: { sale: { isOpen: false } } });
    expect((await mine('timedOut', 'scheduled')).restrictions).toMatchObject([{ kind: 'timeout', reason: 'Shouting' }]);
    expect((await mine('bannedEverywhere', 'everybodys')).restrictions).toMatchObject([{ kind: 'ban', roomId: null, reason: 'Shouting' }]);
    const paying = await publish(house);
    const buyer = await house.guest();
    const order = dataOf(await buyer.ask(tickets.startCheckout, { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId: paying.workshop.id } }));
    expect(dataOf(await buyer.ask(entry.mine, { place: 'workshop', placeId: paying.workshop.id })).order).toEqual({ id: order.id, state: 'open' });
  });

  it('is told to nobody about another but by the organizer, to nobody signed out, and of nothing that is not to be known', async () => {
    const about = { memberId: person('holder').id, ...place('scheduled').ask };
    for (const kind of ['newcomer', 'moderator', 'host'] as const) expect(await person(kind).ask(entry.of, about)).toMatchObject({ ok: false, failure: { code: 'role.required' } });
    for (const [route, input] of [[entry.mine, place('scheduled').ask], [entry.of, about]] as const) expect(await askRoute(house.url, route, input as typeof about)).toMatchObject({ ok: false, failure: { code: 'session.required' } });
    const hidden = await Room.create({ name: 'hidden', topic: '', gate: { kind: 'staff' }, isListed: false });
    const ask = { place: 'room', placeId: String(hidden._id) } as const;
    const absent = await person('holder').ask(entry.mine, { place: 'room', placeId: '0'.repeat(24) });
    expect(absent).toMatchObject({ ok: false, failure: { code: 'room.not_found' } });
    expect(await person('holder').ask(entry.mine, ask)).toEqual(absent);
    expect(await organizer.ask(entry.of, { memberId: person('holder').id, ...ask })).toEqual(absent);
    expect(dataOf(await person('moderator').ask(entry.mine, ask)).verdict).toEqual({ canEnter: true, cause: 'staff' });
  });
});
