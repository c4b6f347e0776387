/** Memberships in tests: tiers with prices, the payment page, the portal, and the time that passes. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { settleDueMemberships } from '../../../server/memberships/membershipTimers.js';
import { PayingCustomer } from '../../../server/models/memberships/payingCustomer.js';
import { memberships, type BillingInterval, type MembershipView, type MyMembership } from '../../../shared/contracts/memberships/memberships.js';
import { prices } from '../../../shared/contracts/memberships/prices.js';
import { tiers } from '../../../shared/contracts/tiers.js';
import type { Guest } from '../../support/guest.js';
import type { House } from '../../support/house.js';
import { webhooksHandled, type Asker } from '../tickets/aSale.js';
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
export async function press(house: House, membership: MembershipView, button: 'pay' | 'decline'): Promise<void> {
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
