/** Buying in tests: the payment page as a browser posts to it, and the webhooks that follow. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { WebhookEvent } from '../../../server/models/money/webhookEvent.js';
import { tickets, type OrderView } from '../../../shared/contracts/tickets.js';
import type { Reply } from '../../../shared/failures.js';
import type { Guest } from '../../support/guest.js';
import type { House } from '../../support/house.js';
import { dataOf, patience } from '../workshops/aWorkshop.js';

/** Asks for a seat, as a click on the button does. */
export function checkout(guest: Guest, workshopId: string, clientOrderId: string = randomUUID()): Promise<Reply<OrderView>> {
  return guest.ask(tickets.startCheckout, { clientOrderId, product: { kind: 'seat', workshopId } });
}

/** Asks for a seat with a ticket of the type named. */
export function choose(guest: Guest, workshopId: string, typeKey: string): Promise<Reply<OrderView>> {
  return guest.ask(tickets.startCheckout, { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId, typeKey } });
}

/** Presses a button on an order's payment page. */
export async function press(house: House, order: OrderView, button: 'pay' | 'decline'): Promise<void> {
  const page = new URL(order.checkoutUrl ?? 'about:blank').pathname;
  const response = await fetch(`${house.url}${page}/${button}`, { method: 'POST', redirect: 'manual', headers: { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' } });
  expect(response.status).toBe(303);
}

/** Waits until every webhook has been delivered and handled. */
export async function webhooksHandled(house: House): Promise<void> {
  await house.sandbox.webhooks.settled();
  await expect.poll(() => WebhookEvent.countDocuments({ nextTryAt: { $ne: null } }), patience).toBe(0);
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
