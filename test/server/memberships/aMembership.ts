/** Memberships in tests: tiers with prices, the payment page, the portal, and the time that passes. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { settleDueMemberships } from '../../../server/memberships/membershipTimers.js';
import { Membership } from '../../../server/models/memberships/membership.js';
import { PayingCustomer } from '../../../server/models/memberships/payingCustomer.js';
import { memberships, type BillingInterval, type ChangePreview, type MembershipView, type MyMembership } from '../../../shared/contracts/memberships/memberships.js';
import { prices } from '../../../shared/contracts/memberships/prices.js';
import { tiers } from '../../../shared/contracts/tiers.js';
import { chat } from '../../../shared/contracts/chat.js';
import { rooms } from '../../../shared/contracts/rooms.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { again, webhooksHandled, type Asker } from '../tickets/aSale.js';
import { dataOf } from '../workshops/aWorkshop.js';

/** What the house of these tests sells: ids of prices, in dollars and cents. */
export interface Shop {
  organizer: Guest;
  /** 5.00 a month with 14 days free, 50.00 a year. */
  supporter: Record<BillingInterval, string>;
  /** 12.00 a month with 14 days free, 120.00 a year without. */
  sustainer: Record<BillingInterval, string>;
}

export async function openShop(house: House): Promise<Shop> {
  const organizer = await house.guest({ role: 'organizer' });
  const price = async (tierKey: string, interval: BillingInterval, amount: number, trialDays: number): Promise<string> =>
    dataOf(await organizer.ask(prices.set, { clientPriceId: randomUUID(), tierKey, interval, amount, currency: 'usd', trialDays })).id;
  const tier = async (name: string, rank: number, month: number, yearTrial: number) => {
    const key = name.toLowerCase();
    dataOf(await organizer.ask(tiers.save, { key, name, rank, perks: [] }));
    return { month: await price(key, 'month', month, 14), year: await price(key, 'year', month * 10, yearTrial) };
  };
  return { organizer, supporter: await tier('Supporter', 1, 500, 14), sustainer: await tier('Sustainer', 2, 1200, 0) };
}

/** Asks for a membership, as a click on the button does. */
export const start = (guest: Pick<Asker, 'ask'>, priceId: string, withTrial = false, clientMembershipId: string = randomUUID()) => guest.ask(memberships.start, { clientMembershipId, priceId, withTrial });

/** Presses a button on the payment page. */
export async function press(house: House, membership: MembershipView, button: 'pay' | 'decline' | 'dispute'): Promise<void> {
  const address = membership.state === 'starting' ? membership.checkoutUrl : null;
  await post(house, `${new URL(address ?? 'about:blank').pathname}/${button}`, {});
}

async function post(house: House, path: string, form: Record<string, string>): Promise<void> {
  const response = await fetch(`${house.url}${path}`, { method: 'POST', redirect: 'manual', headers: { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(form) });
  expect(response.status).toBe(303);
}

/** Begins a membership from the first click to its right; tells of it as the member hears it. */
export async function join(house: House, guest: Guest, priceId: string, withTrial = false): Promise<MembershipView> {
  const started = dataOf(await start(guest, priceId, withTrial));
  await press(house, started, 'pay');
  const { membership } = await guest.next(memberships.changed, (changed) => changed.membership?.id === started.id && changed.membership.state !== 'starting');
  return membership ?? started;
}

export const mine = async (guest: Guest): Promise<MyMembership> => dataOf(await guest.ask(memberships.mine, {}));

/** What the house does by itself: webhooks, and then whatever is due. */
export async function settled(house: House): Promise<void> {
  await webhooksHandled(house);
  await settleDueMemberships(house.app.deps);
  await webhooksHandled(house);
}

/** All that Stripe has charged a member, in the order of the invoices: what was paid and what is left to pay. */
export async function invoicesOf(house: House, guest: Guest): Promise<{ total: number; paid: number; status: string | null }[]> {
  const { customerId } = await PayingCustomer.findById(guest.id).orFail().lean();
  const { data } = await house.app.deps.payments.stripe.invoices.list({ customer: customerId, limit: 50 });
  return data.toReversed().map(({ total, amount_paid, status }) => ({ total, paid: amount_paid, status }));
}

/** A house with a shop, a room for each tier, and a clock that the test moves. */
export interface Club {
  house: House;
  shop: Shop;
  /** The rooms that the two tiers open. */
  supporters: string;
  sustainers: string;
  /** Moves the clock alone: to so many milliseconds after a moment, with nothing that follows from it done by the test. */
  moveTo(moment: string, ms: number): void;
  /** Moves the clock as `moveTo` does, with all that it brings at Stripe and here; the member signs in again afterwards. */
  later(guest: Guest, moment: string, ms: number): Promise<Guest>;
  /** The house's time, in milliseconds. */
  now(): number;
}

export async function openClub(): Promise<Club> {
  let clock = Date.now();
  const house = await openHouse({ now: () => new Date(clock) });
  const shop = await openShop(house);
  const room = async (name: string, tierKey: string) => dataOf(await shop.organizer.ask(rooms.create, { name, topic: '', gate: { kind: 'tier', tierKey } })).id;
  const moveTo = (moment: string, ms: number): void => {
    clock = Math.max(clock, Date.parse(moment) + ms);
  };
  const later = async (guest: Guest, moment: string, ms: number): Promise<Guest> => {
    moveTo(moment, ms);
    await house.sandbox.catchUp();
    await settled(house);
    return again(house, guest);
  };
  return { house, shop, supporters: await room('supporters', 'supporter'), sustainers: await room('sustainers', 'sustainer'), moveTo, later, now: () => clock };
}

/** Whether a room opens to a member. */
export const enters = async (guest: Guest, roomId: string): Promise<boolean> => (await guest.call(chat.join, { roomId })).ok;

/** A reply that refuses with this code. */
export const failed = (code: string) => ({ ok: false, failure: { code } });

export const preview = async (guest: Guest, priceId: string): Promise<ChangePreview> => dataOf(await guest.ask(memberships.previewChange, { priceId }));

/** Goes over to a price as it was shown. */
export const change = (guest: Guest, priceId: string, { when, at, due }: Pick<ChangePreview, 'when' | 'at' | 'due'>) => guest.ask(memberships.change, { priceId, when, at, due });

/** When what a running membership is paid for is over. */
export async function periodEndOf(guest: Guest): Promise<string> {
  const { membership } = await mine(guest);
  return membership && 'periodEnd' in membership ? membership.periodEnd : '';
}

/** Goes over to another price on the portal's page, and lets the house hear of it. */
export async function switchAtPortal(house: House, guest: Guest, stripePriceId: string): Promise<void> {
  const [{ url }, membership] = [dataOf(await guest.ask(memberships.openPortal, { page: 'overview' })), await Membership.newestOf(guest.id)];
  await post(house, `${new URL(url).pathname}/switch`, { subscription: membership?.subscriptionId ?? '', price: stripePriceId });
  await settled(house);
}

/** Puts another card in on the portal's page, and lets the house hear of it. */
export async function putCard(house: House, guest: Guest, card: 'works' | 'asks' | 'fails'): Promise<void> {
  const { url } = dataOf(await guest.ask(memberships.openPortal, { page: 'card' }));
  await post(house, `${new URL(url).pathname}/card`, { card });
  await settled(house);
}
