/** Who may do what with money and rights: every route of the commerce tables, asked by everybody. A route without a row fails. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Grant } from '../../../server/models/grant.js';
import { Order } from '../../../server/models/order.js';
import { coupons } from '../../../shared/contracts/coupons.js';
import { memberships } from '../../../shared/contracts/memberships/memberships.js';
import { prices } from '../../../shared/contracts/memberships/prices.js';
import { ledger } from '../../../shared/contracts/money/ledger.js';
import { entry } from '../../../shared/contracts/rights/entry.js';
import { tickets } from '../../../shared/contracts/tickets.js';
import { attention } from '../../../shared/contracts/tickets/attention.js';
import { calendar } from '../../../shared/contracts/tickets/calendar.js';
import { cancelling } from '../../../shared/contracts/tickets/cancelling.js';
import { refunds } from '../../../shared/contracts/tickets/refunds.js';
import { tiers } from '../../../shared/contracts/tiers.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Push, Route } from '../../../shared/define.js';
import type { Reply } from '../../../shared/failures.js';
import { askRoute, type Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, publish, workshopForm, type Published } from '../workshops/aWorkshop.js';
import { checkout } from '../tickets/aSale.js';

const everybody = ['anonymous', 'buyer', 'member', 'otherHost', 'host', 'moderator', 'organizer'] as const;
type Name = (typeof everybody)[number];

/** Who gets past each gate, and what the others are told; who is not signed in is always told so. */
const gates = {
  anyone: { may: everybody, refusal: '' },
  member: { may: everybody.slice(1), refusal: 'session.required' },
  organizer: { may: ['organizer'], refusal: 'role.required' },
  hosting: { may: ['host', 'organizer'], refusal: 'workshop.not_found' },
  buyer: { may: ['buyer'], refusal: 'order.not_found' },
  /** An id that is nobody's: a membership of another is told from none at all to nobody, `memberships.test.ts` shows it. */
  nobody: { may: [], refusal: 'membership.not_found' },
} as const satisfies Record<string, { may: readonly Name[]; refusal: string }>;

interface Scene {
  workshopId: string;
  orderId: string;
  buyerId: string;
}

interface Row {
  route: Route;
  gate: keyof typeof gates;
  /** Gets past the gate, and comes to nothing behind it wherever that can be. */
  input(scene: Scene): object;
}

const nothing = () => ({});
const id = '0'.repeat(24);
const inWorkshop = ({ workshopId }: Scene) => ({ workshopId });
const ofOrder = ({ orderId }: Scene) => ({ orderId });
const seat = ({ workshopId }: Scene) => ({ product: { kind: 'seat', workshopId, typeKey: 'nothing' } });
const { pools, types } = workshopForm([]);

const rows: Row[] = [
  { route: tickets.startCheckout, gate: 'member', input: (scene) => ({ ...seat(scene), clientOrderId: randomUUID() }) },
  { route: tickets.quote, gate: 'member', input: (scene) => ({ ...seat(scene), couponCode: 'NONE' }) },
  { route: tickets.order, gate: 'buyer', input: ofOrder },
  { route: tickets.abandon, gate: 'buyer', input: ofOrder },
  { route: tickets.mine, gate: 'member', input: nothing },
  { route: tickets.sales, gate: 'organizer', input: inWorkshop },
  { route: attention.list, gate: 'organizer', input: nothing },
  { route: attention.compare, gate: 'organizer', input: nothing },
  { route: attention.repair, gate: 'organizer', input: () => ({ itemId: `order:${id}`, repair: { kind: 'ask_again' } }) },
  { route: ledger.books, gate: 'organizer', input: nothing },
  { route: ledger.lines, gate: 'organizer', input: nothing },
  { route: ledger.since, gate: 'organizer', input: () => ({ since: '2096-01-01T00:00:00.000Z' }) },
  { route: ledger.exportBooks, gate: 'organizer', input: nothing },
  { route: ledger.exportLines, gate: 'organizer', input: nothing },
  { route: ledger.recordPartnership, gate: 'organizer', input: () => ({ clientEntryId: randomUUID(), partner: 'Rivet', amount: 500, currency: 'eur', date: '9999-01-01', note: '' }) },
  { route: ledger.takeBackPartnership, gate: 'organizer', input: () => ({ entryId: id, reason: 'Twice' }) },
  { route: refunds.mine, gate: 'buyer', input: (scene) => ({ ...ofOrder(scene), amount: 1 }) },
  { route: refunds.part, gate: 'organizer', input: (scene) => ({ ...ofOrder(scene), clientRefundId: randomUUID(), amount: 99_999_999, keepsSeat: true, reason: '' }) },
  { route: calendar.feed, gate: 'member', input: nothing },
  { route: calendar.open, gate: 'member', input: nothing },
  { route: calendar.close, gate: 'member', input: nothing },
  { route: coupons.list, gate: 'organizer', input: nothing },
  { route: coupons.create, gate: 'organizer', input: () => ({ clientCouponId: randomUUID(), code: 'SPRING', off: { kind: 'percent', percent: 5 }, usesMax: 1, usesPerMember: 1, expiresAt: null, workshopId: id }) },
  { route: coupons.close, gate: 'organizer', input: () => ({ couponId: id }) },
  { route: prices.list, gate: 'organizer', input: nothing },
  { route: prices.set, gate: 'organizer', input: () => ({ clientPriceId: randomUUID(), tierKey: 'nobodys', interval: 'month', amount: 500, currency: 'eur', trialDays: 0 }) },
  { route: prices.close, gate: 'organizer', input: () => ({ priceId: id }) },
  { route: memberships.mine, gate: 'member', input: nothing },
  { route: memberships.start, gate: 'member', input: () => ({ clientMembershipId: randomUUID(), priceId: id, withTrial: false }) },
  { route: memberships.show, gate: 'nobody', input: () => ({ membershipId: id }) },
  { route: memberships.previewChange, gate: 'nobody', input: () => ({ priceId: id }) },
  { route: memberships.change, gate: 'nobody', input: () => ({ priceId: id, when: 'now', at: '2096-01-01T00:00:00.000Z', due: 0 }) },
  { route: memberships.cancel, gate: 'nobody', input: nothing },
  { route: memberships.resume, gate: 'nobody', input: nothing },
  { route: memberships.openPortal, gate: 'nobody', input: () => ({ page: 'card' }) },
  { route: tiers.list, gate: 'anyone', input: nothing },
  { route: tiers.save, gate: 'organizer', input: () => ({ key: 'friends', name: 'Friends', rank: 9, perks: [] }) },
  { route: entry.mine, gate: 'member', input: ({ workshopId }) => ({ place: 'workshop', placeId: workshopId }) },
  { route: entry.of, gate: 'organizer', input: ({ workshopId, buyerId }) => ({ memberId: buyerId, place: 'workshop', placeId: workshopId }) },
  { route: workshops.publish, gate: 'organizer', input: () => workshopForm([id]) },
  { route: workshops.changeSale, gate: 'hosting', input: (scene) => ({ ...inWorkshop(scene), clientChangeId: randomUUID(), revision: 9, pools, types }) },
  { route: cancelling.show, gate: 'organizer', input: inWorkshop },
  { route: cancelling.retry, gate: 'organizer', input: inWorkshop },
  // These change the scene for all that follows, so they come last.
  { route: tickets.refund, gate: 'organizer', input: (scene) => ({ ...ofOrder(scene), reason: 'Ill' }) },
  { route: cancelling.cancel, gate: 'organizer', input: (scene) => ({ ...inWorkshop(scene), reason: 'Ill' }) },
];

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const codeOf = (reply: Reply<unknown>): string => (reply.ok ? 'ok' : reply.failure.code);
/** What says no more than that one may not, or that it is not there for whoever asks. */
const closedDoors = new Set(['session.required', 'session.expired', 'role.required', 'order.not_found', 'input.invalid', 'limits.too_many', 'server.broke']);

let house: House;
let own: Published;
let scene: Scene;
let guests: Record<Exclude<Name, 'anonymous'>, Guest>;

beforeAll(async () => {
  house = await openHouse();
  own = await publish(house, { price: { amount: 0, currency: 'eur' } });
  const { host: otherHost } = await publish(house);
  guests = { buyer: await house.guest(), member: await house.guest(), otherHost, host: own.host, moderator: await house.guest({ role: 'moderator' }), organizer: own.organizer };
  const order = dataOf(await checkout(guests.buyer, own.workshop.id));
  scene = { workshopId: own.workshop.id, orderId: order.id, buyerId: guests.buyer.id };
});
afterAll(() => house.close());

describe('the authorisation matrix of commerce', () => {
  it('has a row for every route of its tables', () => {
    const tables = [tickets, attention, ledger, refunds, calendar, coupons, prices, memberships, tiers, entry, cancelling].flatMap((table) => Object.values<Route | Push>(table));
    const routes = tables.filter((one): one is Route => 'path' in one);
    expect(rows.map(({ route }) => nameOf(route)).toSorted()).toEqual([...routes, workshops.publish, workshops.changeSale].map(nameOf).toSorted());
  });

  for (const { route, gate, input } of rows) {
    it(`${nameOf(route)}: ${gate}`, async () => {
      const { may, refusal }: { may: readonly Name[]; refusal: string } = gates[gate];
      for (const name of everybody) {
        const sent = input(scene);
        const code = codeOf(name === 'anonymous' ? await askRoute(house.url, route, sent) : await guests[name].ask<Route>(route, sent));
        if (!may.includes(name)) expect(code, name).toBe(name === 'anonymous' ? 'session.required' : refusal);
        else expect(closedDoors.has(code), `${name}: ${code}`).toBe(false);
      }
    });
  }
});

describe('what a browser sends', () => {
  it('Tampered product keys and ids: names what is wanted and never its price, buyer, state or order', async () => {
    const { workshop } = await publish(house, { price: { amount: 1800, currency: 'eur' } });
    const { member, buyer } = guests;
    const product = { kind: 'seat' as const, workshopId: workshop.id, typeKey: 'main' };
    const before = [await Order.countDocuments({}), await Grant.countDocuments({})];
    const tampered = [
      { price: { amount: 0, currency: 'eur' } }, { amount: 0 }, { currency: 'jpy' }, { memberId: buyer.id }, { state: 'paid' }, { paidAt: '2026-01-01T00:00:00.000Z' }, { orderId: scene.orderId },
      { product: { ...product, price: 0 } }, { product: { ...product, kind: 'tier' } }, { product: { ...product, workshopId: { $ne: null } } }, { product: { ...product, typeKey: { $gt: '' } } },
    ];
    for (const extra of tampered) expect(codeOf(await member.ask<Route>(tickets.startCheckout, { clientOrderId: randomUUID(), product, ...extra })), JSON.stringify(extra)).toBe('input.invalid');
    expect(codeOf(await member.ask(tickets.startCheckout, { clientOrderId: randomUUID(), product: { ...product, typeKey: 'vip' } }))).toBe('ticket.type_not_found');
    expect([await Order.countDocuments({}), await Grant.countDocuments({})]).toEqual(before);
    // An id in the body does not stand in for the one in the path.
    for (const route of [tickets.order, tickets.abandon]) {
      const path = route.path.replace(':orderId', id);
      const response = await fetch(`${house.url}${path}${route.method === 'get' ? `?orderId=${scene.orderId}` : ''}`, {
        method: route.method.toUpperCase(),
        headers: { authorization: `Bearer ${buyer.token}`, 'content-type': 'application/json' },
        ...(route.method === 'post' && { body: JSON.stringify({ orderId: scene.orderId }) }),
      });
      expect(response.status, route.path).toBe(400);
    }
    expect(dataOf(await member.ask(tickets.startCheckout, { clientOrderId: randomUUID(), product }))).toMatchObject({ price: { amount: 1800 }, state: 'open' });
  });

  it('Redirect tricks: a checkout returns to the house, whatever address was sent along', async () => {
    const { workshop } = await publish(house, { price: { amount: 1800, currency: 'eur' } });
    const { member } = guests;
    const product = { kind: 'seat' as const, workshopId: workshop.id };
    for (const extra of [{ successUrl: 'https://evil.example' }, { returnUrl: '//evil.example' }, { cancel_url: 'https://localhost@evil.example' }]) expect(codeOf(await member.ask<Route>(tickets.startCheckout, { clientOrderId: randomUUID(), product, ...extra }))).toBe('input.invalid');
    const order = dataOf(await askAs(member, { clientOrderId: randomUUID(), product }));
    const { sessionId } = await Order.findById(order.id).orFail().lean();
    const session = await house.app.deps.payments.stripe.checkout.sessions.retrieve(sessionId ?? '');
    for (const url of [session.success_url, session.cancel_url]) expect(new URL(url ?? '').origin).toBe('http://localhost');
  });
});

/** With headers that name another host, as a proxy that is fooled would pass them on. */
function askAs({ token }: Guest, input: Parameters<typeof askRoute<typeof tickets.startCheckout>>[2]) {
  return askRoute(house.url, tickets.startCheckout, input, { authorization: `Bearer ${token}`, 'x-forwarded-host': 'evil.example', referer: 'https://evil.example/' });
}
