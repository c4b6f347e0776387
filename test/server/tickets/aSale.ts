/** Buying in tests: the payment page as a browser posts to it, and the webhooks that follow. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { z } from 'zod';
import type { OutcomeName } from '../../../server/embedded/stripeSandbox/checkout/outcomes.js';
import { WebhookEvent } from '../../../server/models/money/webhookEvent.js';
import { Member } from '../../../server/models/member.js';
import { Session } from '../../../server/models/session.js';
import type { Route } from '../../../shared/define.js';
import { tickets, type OrderView } from '../../../shared/contracts/tickets.js';
import type { Reply } from '../../../shared/failures.js';
import { askRoute, type Guest } from '../../support/guest.js';
import type { House } from '../../support/house.js';
import { dataOf } from '../workshops/aWorkshop.js';

/** Asks for a seat, as a click on the button does. */
export function checkout(guest: Guest, workshopId: string, clientOrderId: string = randomUUID()): Promise<Reply<OrderView>> {
  return guest.ask(tickets.startCheckout, { clientOrderId, product: { kind: 'seat', workshopId } });
}

/** Asks for a seat with a ticket of the type named, and with a coupon's code if one is given. */
export function choose(guest: Asker, workshopId: string, typeKey: string, couponCode?: string): Promise<Reply<OrderView>> {
  return guest.ask(tickets.startCheckout, { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId, typeKey }, ...(couponCode !== undefined && { couponCode }) });
}

/** A signed-in member without a socket: many of them are made in one go. */
export interface Asker {
  id: string;
  ask<R extends Route>(route: R, input: z.input<R['input']>): Promise<Reply<z.output<R['output']>>>;
}

/** Of many who ask at once the last waits for all the others. */
const crowdWaitsMs = 30_000;

/** So many members; they ask the nodes in turn. */
export async function crowd(nodes: readonly House[], count: number): Promise<Asker[]> {
  const { deps } = nodes[0]?.app ?? never();
  const now = deps.now();
  const members = await Member.insertMany(Array.from({ length: count }, (_one, place) => ({ email: `${randomUUID()}@example.org`, name: `buyer-${place}`, passwordHash: 'none', joinedAt: now })));
  const sessions = await Session.insertMany(members.map(({ _id }) => ({ memberId: _id, familyHash: randomUUID(), tokenHash: randomUUID(), rotatedAt: now, device: 'a test', createdAt: now, expiresAt: new Date(now.getTime() + 86_400_000) })));
  return sessions.map((session, place) => {
    const memberId = String(session.memberId);
    const { token } = deps.tokens.sign({ memberId, sessionId: String(session._id) });
    return { id: memberId, ask: (route, input) => askRoute(nodes[place % nodes.length]?.url ?? '', route, input, { authorization: `Bearer ${token}` }, crowdWaitsMs) };
  });
}

function never(): never {
  throw new Error('there is a node');
}

/** Presses a button on an order's payment page. */
export async function press(house: House, order: Pick<OrderView, 'checkoutUrl'>, button: OutcomeName | 'fail' | 'prove'): Promise<void> {
  const page = new URL(order.checkoutUrl ?? 'about:blank').pathname;
  const response = await fetch(`${house.url}${page}/${button}`, { method: 'POST', redirect: 'manual', headers: { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' } });
  expect(response.status).toBe(303);
}

/** Waits until every webhook has been delivered and handled. */
export async function webhooksHandled(house: House): Promise<void> {
  await house.sandbox.webhooks.settled();
  await expect.poll(() => WebhookEvent.countDocuments({ nextTryAt: { $ne: null } })).toBe(0);
}

/** Buys a seat from the first click to the ticket. */
export async function buy(house: House, guest: Guest, workshopId: string): Promise<OrderView> {
  const order = dataOf(await checkout(guest, workshopId));
  await press(house, order, 'pay');
  return guest.next(tickets.orderChanged, (changed) => changed.id === order.id && changed.state === 'paid');
}

/** A member in the same browser again, with a token that is good at the house's time. */
export function again(house: House, guest: Guest): Promise<Guest> {
  return house.guest({ as: guest });
}
