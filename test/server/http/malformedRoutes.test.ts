/** Every route there is, with every input it must not take: refused as such, and nothing changed. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attendance } from '../../../shared/contracts/attendance/attendance.js';
import { certificates } from '../../../shared/contracts/attendance/certificates.js';
import { coupons } from '../../../shared/contracts/coupons.js';
import { community } from '../../../shared/contracts/community.js';
import type { Route } from '../../../shared/define.js';
import { memberExport, members } from '../../../shared/contracts/members.js';
import { ledger } from '../../../shared/contracts/money/ledger.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import { polls } from '../../../shared/contracts/live/polls.js';
import { questions } from '../../../shared/contracts/live/questions.js';
import { attention } from '../../../shared/contracts/tickets/attention.js';
import { calendar } from '../../../shared/contracts/tickets/calendar.js';
import { cancelling } from '../../../shared/contracts/tickets/cancelling.js';
import { refunds } from '../../../shared/contracts/tickets/refunds.js';
import { memberships } from '../../../shared/contracts/memberships/memberships.js';
import { prices } from '../../../shared/contracts/memberships/prices.js';
import { entry } from '../../../shared/contracts/rights/entry.js';
import { rooms } from '../../../shared/contracts/rooms.js';
import { tickets } from '../../../shared/contracts/tickets.js';
import { tiers } from '../../../shared/contracts/tiers.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { allRoutes } from '../access/allContracts.js';
import { everything } from '../realtime/everything.js';
import { spoil } from '../realtime/spoil.js';
import { publish, workshopForm, type Published } from '../workshops/aWorkshop.js';
import { codeOf } from './answer.js';

let house: House;
let published: Published;
/** Whoever asks badly; nothing becomes of it, so the same ones ask everywhere. */
const askers: Guest[] = [];
beforeAll(async () => {
  house = await openHouse();
  published = await publish(house);
});
afterAll(() => house.close());

/** What belongs into a route's path, and into its body. */
interface Valid {
  params?: Record<string, string>;
  body?: Record<string, unknown>;
  /** Fields of the body that may be left out. */
  optional?: string[];
  /** Fields of the body that may be null. */
  nullable?: string[];
}

function validInputs(): Map<Route, Valid> {
  const workshopId = published.workshop.id;
  const memberId = published.host.id;
  const ofCertificate = { certificateId: 'a'.repeat(22) };
  const ofOrder = { params: { orderId: 'a'.repeat(24) } };
  const signUp = { email: `${randomUUID()}@example.org`, name: 'Ada', password: 'correct horse battery', language: 'en' };
  return new Map<Route, Valid>([
    [community.show, {}],
    [community.save, { body: { name: 'The Guild', tagline: 'Together' } }],
    [community.outbox, {}],
    [members.signUp, { body: signUp, optional: ['language'] }],
    [members.signIn, { body: { email: 'ada@example.org', password: 'correct horse battery' } }],
    [members.refresh, { body: {} }],
    [members.signOut, { body: {} }],
    [members.me, {}],
    [members.updateProfile, { body: { name: 'Ada', language: 'en', theme: 'dark', timeZone: 'Europe/Berlin' }, optional: ['name', 'language', 'theme', 'timeZone'] }],
    [members.changePassword, { body: { current: 'correct horse battery', next: 'another horse battery' } }],
    [members.sessions, {}],
    [members.endSession, { params: { sessionId: 'a'.repeat(24) }, body: {} }],
    [members.becomeOrganizer, { body: { ...signUp, token: 'a'.repeat(43) }, optional: ['language'] }],
    [members.people, {}],
    [members.setRole, { params: { memberId }, body: { role: 'host' } }],
    // `null` takes a gift back, so it is no text out of place here.
    [members.giveTier, { params: { memberId }, body: {}, optional: ['tierKey'] }],
    [moderation.mine, {}],
    [entry.mine, { params: { place: 'workshop', placeId: workshopId } }],
    [entry.of, { params: { memberId, place: 'workshop', placeId: workshopId } }],
    [rooms.list, {}],
    [rooms.create, { body: { name: 'porch', topic: 'Come in', gate: { kind: 'tier', tierKey: 'free' } } }],
    [tiers.list, {}],
    [tiers.save, { body: { key: 'friends', name: 'Friends', rank: 5, perks: ['The porch'] } }],
    [prices.list, {}],
    // A price that is set is told to Stripe and changes the store later on; of no such tier it is refused.
    [prices.set, { body: { clientPriceId: randomUUID(), tierKey: 'nobodys', interval: 'month', amount: 500, currency: 'eur', trialDays: 14 } }],
    [prices.close, { params: { priceId: 'a'.repeat(24) }, body: {} }],
    [memberships.mine, {}],
    [memberships.start, { body: { clientMembershipId: randomUUID(), priceId: 'a'.repeat(24), withTrial: false } }],
    [memberships.show, { params: { membershipId: 'a'.repeat(24) } }],
    [memberships.previewChange, { body: { priceId: 'a'.repeat(24) } }],
    [memberships.change, { body: { priceId: 'a'.repeat(24), when: 'now', at: '2096-01-01T00:00:00.000Z', due: 0 } }],
    [memberships.cancel, { body: {} }],
    [memberships.resume, { body: {} }],
    [memberships.openPortal, { body: { page: 'card' } }],
    [workshops.list, {}],
    [workshops.show, { params: { workshopId } }],
    [workshops.publish, { body: { ...workshopForm([memberId]), refundRules: null }, optional: ['certificatePercent', 'refundRules'], nullable: ['certificatePercent', 'refundRules'] }],
    [workshops.changeSale, { params: { workshopId }, body: { clientChangeId: randomUUID(), revision: 0, pools: workshopForm([memberId]).pools, types: workshopForm([memberId]).types } }],
    [questions.export, { params: { workshopId, format: 'csv' } }],
    [polls.export, { params: { workshopId, pollId: 'a'.repeat(24) } }],
    [attendance.sheet, { params: { workshopId } }],
    [attendance.mine, {}],
    [attendance.ofMember, { params: { memberId } }],
    [attendance.setRule, { params: { workshopId }, body: { certificatePercent: 70 }, nullable: ['certificatePercent'] }],
    [certificates.issue, { params: { workshopId }, body: {} }],
    [certificates.show, { params: ofCertificate }],
    [certificates.verify, { body: { statement: 'a.b.c' } }],
    [certificates.revoke, { params: ofCertificate, body: { reason: 'Given by mistake' } }],
    [certificates.signingKey, {}],
    [certificates.rotateKey, { body: {} }],
    [memberExport.show, {}],
    [tickets.startCheckout, { body: { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId, typeKey: 'main' } } }],
    [tickets.quote, { body: { product: { kind: 'seat', workshopId, typeKey: 'main' }, couponCode: 'SPRING' } }],
    [coupons.list, {}],
    [coupons.create, { body: { clientCouponId: randomUUID(), code: 'SPRING', off: { kind: 'percent', percent: 20 }, usesMax: 10, usesPerMember: 1, expiresAt: '2096-01-01T00:00:00.000Z', workshopId }, nullable: ['expiresAt', 'workshopId'] }],
    [coupons.close, { params: { couponId: 'a'.repeat(24) }, body: {} }],
    [tickets.order, ofOrder],
    [tickets.abandon, { ...ofOrder, body: {} }],
    [tickets.mine, {}],
    [tickets.sales, { params: { workshopId } }],
    [tickets.refund, { ...ofOrder, body: { reason: 'Ill' }, optional: ['reason'] }],
    [refunds.part, { ...ofOrder, body: { clientRefundId: randomUUID(), amount: 500, keepsSeat: true, reason: 'A bad line' } }],
    // Of one that is not there: a cancellation goes on by itself, and would change the store later on.
    [cancelling.cancel, { params: { workshopId: '0'.repeat(24) }, body: { reason: 'The host is ill' } }],
    [cancelling.show, { params: { workshopId } }],
    [cancelling.retry, { params: { workshopId }, body: {} }],
    [calendar.feed, {}],
    [calendar.open, { body: {} }],
    [calendar.close, { body: {} }],
    [refunds.mine, { ...ofOrder, body: { amount: 0 } }],
    [attention.list, {}],
    [attention.compare, { body: {} }],
    [attention.repair, { params: { itemId: `order:${'a'.repeat(24)}` }, body: { repair: { kind: 'ask_again' } } }],
    [ledger.books, {}],
    [ledger.lines, {}],
    [ledger.since, { params: { since: '2026-01-01T00:00:00.000Z' } }],
    [ledger.exportBooks, {}],
    [ledger.exportLines, {}],
    [ledger.recordPartnership, { body: { clientEntryId: randomUUID(), partner: 'Rivet', amount: 500, currency: 'eur', date: '2026-01-31', note: 'A talk' } }],
    [ledger.takeBackPartnership, { params: { entryId: 'a'.repeat(24) }, body: { reason: 'Twice' } }],
  ]);
}

interface Attempt {
  how: string;
  query?: string;
  params?: Record<string, string>;
  body?: unknown;
}

const badParams = ['nothing', '5', '$ne', encodeURIComponent('{"$ne":null}'), '%00', '%E0%A4%A', '..%2f..%2fetc', 'a'.repeat(25), 'A'.repeat(24), '__proto__', `${'a'.repeat(24)}%0a`];
const badQueries = ['extra=1', '$where=1', '__proto__=1', 'constructor=1', 'a[$ne]=1', 'memberId=1&memberId=2'];

function attemptsAt({ method }: Route, { params = {}, body = {}, optional = [], nullable = [] }: Valid): Attempt[] {
  const inPath = Object.keys(params).flatMap((name) => badParams.map((value) => ({ how: `${name}: ${value}`, params: { ...params, [name]: value }, body })));
  if (method === 'get') return [...inPath, ...badQueries.map((query) => ({ how: query, query, params }))];
  return [...inPath, ...spoil(body, optional, nullable).map(({ how, input }) => ({ how, params, body: input }))];
}

async function ask(route: Route, asker: Guest, { query, params = {}, body = {} }: Omit<Attempt, 'how'>): Promise<string> {
  const path = route.path.replace(/:(\w+)/g, (_whole, name: string) => params[name] ?? '');
  const isGet = route.method === 'get';
  const response = await fetch(`${house.url}${path}${query === undefined ? '' : `?${query}`}`, {
    method: route.method.toUpperCase(),
    // Each member comes from an address of their own: what anyone may ask is counted by address.
    headers: { authorization: `Bearer ${asker.token}`, 'x-forwarded-for': `2001:db8:${asker.id.match(/.{4}/g)?.join(':') ?? ''}`, ...(isGet ? {} : { 'content-type': 'application/json' }) },
    ...(isGet ? {} : { body: JSON.stringify(body) }),
  });
  return codeOf(response);
}

describe('a malformed request', () => {
  it('is looked for on all routes there are', () => {
    const name = ({ method, path }: Route): string => `${method} ${path}`;
    expect([...validInputs().keys()].map(name).toSorted()).toEqual(allRoutes.map(name).toSorted());
  });

  for (const route of allRoutes) {
    it(`of ${route.method} ${route.path} is refused as such and changes nothing`, async () => {
      const valid = validInputs().get(route) ?? {};
      const attempts = attemptsAt(route, valid);
      // Asked within everybody's limits, by as many members as it takes.
      while (askers.length * route.limit.points < attempts.length) askers.push(await house.guest({ role: 'organizer' }));
      const before = await everything();
      const answers = await Promise.all(attempts.map(async (attempt, place) => [attempt.how, await ask(route, askers[place % askers.length] ?? published.organizer, attempt)]));
      expect(answers.filter(([, code]) => code !== 'input.invalid')).toEqual([]);
      expect(await everything()).toBe(before);
      const wellFormed = await ask(route, await house.guest({ role: 'organizer' }), route === members.giveTier ? { ...valid, body: { tierKey: null } } : valid);
      expect(wellFormed).not.toBe('input.invalid');
    });
  }
});
