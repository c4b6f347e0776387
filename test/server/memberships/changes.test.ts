import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settleDueMemberships } from '../../../server/memberships/membershipTimers.js';
import { TierPrice } from '../../../server/models/memberships/tierPrice.js';
import { memberships } from '../../../shared/contracts/memberships/memberships.js';
import { prices } from '../../../shared/contracts/memberships/prices.js';
import { rights } from '../../../shared/contracts/rights.js';
import type { Guest } from '../../support/guest.js';
import { again } from '../tickets/aSale.js';
import { dataOf } from '../workshops/aWorkshop.js';
import { change, enters, failed, invoicesOf, join, mine, openClub, periodEndOf, preview, putCard, settled, switchAtPortal, type Club } from './aMembership.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('a membership that changes', () => {
  let club: Club;
  beforeAll(async () => {
    club = await openClub();
  });
  afterAll(() => club.house.close());

  /** A member some days into the first period that they paid for. */
  async function inPeriod(priceId: string, days: number): Promise<Guest> {
    const guest = await club.house.guest();
    await join(club.house, guest, priceId);
    return club.later(guest, new Date(club.now()).toISOString(), days * day);
  }
  const sum = (lines: readonly { amount: number }[]): number => lines.reduce((total, { amount }) => total + amount, 0);

  it('goes up at once for exactly what was shown, charged once, with never a moment without a right', async () => {
    const guest = await inPeriod(club.shop.supporter.month, 10);
    const dear = club.shop.sustainer.month;
    expect(await enters(guest, club.supporters)).toBe(true);
    const stale = await preview(guest, dear);
    expect(await change(guest, dear, { ...stale, due: stale.due - 1 })).toMatchObject({ ok: false, failure: { code: 'membership.preview_changed', data: { due: stale.due } } });
    club.moveTo(stale.at, 16 * minute);
    const back = await again(club.house, guest);
    expect(await change(back, dear, stale)).toMatchObject(failed('membership.preview_changed'));
    expect(await mine(back)).toMatchObject({ membership: { state: 'active', plan: { tierKey: 'supporter' } } });
    expect(await invoicesOf(club.house, back)).toHaveLength(1);
    expect(await enters(back, club.supporters)).toBe(true);
    expect(await enters(back, club.sustainers)).toBe(false);
    const shown = await preview(back, dear);
    expect(shown).toMatchObject({ when: 'now', credit: 0, plan: { tierKey: 'sustainer' }, next: { price: { amount: 1200 } } });
    expect(new Set(shown.lines.map(({ kind, tierName }) => `${kind} ${tierName}`))).toEqual(new Set(['remaining Sustainer', 'unused Supporter']));
    expect(sum(shown.lines)).toBe(shown.due);
    const clicks = await Promise.all([change(back, dear, shown), change(back, dear, shown)]);
    expect(clicks.some(({ ok }) => ok)).toBe(true);
    expect(await enters(back, club.sustainers)).toBe(true);
    await settled(club.house);
    expect(await invoicesOf(club.house, back)).toEqual([{ total: 500, paid: 500, status: 'paid' }, { total: shown.due, paid: shown.due, status: 'paid' }]);
    expect((await back.heard(rights.changed)).map(({ change: what, scope }) => [what, scope?.kind === 'tier' && scope.tierKey])).toEqual([['started', 'sustainer'], ['ended', 'supporter']]);
    expect(await back.heard(rights.leftRoom)).toEqual([]);
    expect(await change(back, dear, shown)).toMatchObject(failed('price.same'));
  });

  it('stays as it was where the card is not charged for going up, and goes up when it is mended', async () => {
    const guest = await inPeriod(club.shop.supporter.month, 10);
    const dear = club.shop.sustainer.month;
    await putCard(club.house, guest, 'fails');
    expect(await change(guest, dear, await preview(guest, dear))).toMatchObject(failed('payment.declined'));
    expect(await mine(guest)).toMatchObject({ membership: { state: 'active', plan: { tierKey: 'supporter' } } });
    expect(await enters(guest, club.sustainers)).toBe(false);
    expect((await invoicesOf(club.house, guest)).filter(({ paid }) => paid > 0)).toHaveLength(1);
    await putCard(club.house, guest, 'works');
    const shown = await preview(guest, dear);
    expect(await change(guest, dear, shown)).toMatchObject({ ok: true });
    expect(await enters(guest, club.sustainers)).toBe(true);
    await settled(club.house);
    expect((await invoicesOf(club.house, guest)).flatMap(({ paid }) => (paid > 0 ? [paid] : []))).toEqual([500, shown.due]);
  });

  it('stays as it was where a bank asks for proof, and goes up on the payment page, which can ask for it', async () => {
    const guest = await inPeriod(club.shop.supporter.month, 10);
    const dear = club.shop.sustainer.month;
    await putCard(club.house, guest, 'asks');
    const shown = await preview(guest, dear);
    expect(await change(guest, dear, shown)).toMatchObject(failed('payment.proof_wanted'));
    expect(await mine(guest)).toMatchObject({ membership: { state: 'active', plan: { tierKey: 'supporter' } } });
    expect(await enters(guest, club.sustainers)).toBe(false);
    const { stripePriceId } = await TierPrice.findById(dear).orFail().lean();
    await switchAtPortal(club.house, guest, stripePriceId ?? '');
    expect(await enters(guest, club.sustainers)).toBe(true);
    expect((await invoicesOf(club.house, guest)).flatMap(({ paid }) => (paid > 0 ? [paid] : []))).toEqual([500, shown.due]);
  });

  it('goes down when what was paid for has been had, unless that is taken back', async () => {
    const guest = await inPeriod(club.shop.sustainer.month, 3);
    const cheap = club.shop.supporter.month;
    const periodEnd = await periodEndOf(guest);
    const shown = await preview(guest, cheap);
    expect(shown).toMatchObject({ when: 'at_period_end', at: periodEnd, due: 0, lines: [] });
    expect(dataOf(await change(guest, cheap, shown))).toMatchObject({ membership: { state: 'active', plan: { tierKey: 'sustainer' }, next: { kind: 'changes', at: periodEnd, plan: { tierKey: 'supporter' } } } });
    // Stripe lets nothing end a subscription that follows a schedule: that is let go first.
    expect(dataOf(await guest.ask(memberships.cancel, {}))).toMatchObject({ membership: { plan: { tierKey: 'sustainer' }, next: { kind: 'ends', at: periodEnd } } });
    expect(dataOf(await guest.ask(memberships.resume, {}))).toMatchObject({ membership: { next: { kind: 'renews', at: periodEnd, price: { amount: 1200 } } } });
    expect(await change(guest, cheap, shown)).toMatchObject({ ok: true });
    const before = await club.later(guest, periodEnd, -minute);
    expect(await enters(before, club.sustainers)).toBe(true);
    const after = await club.later(before, periodEnd, 2 * hour);
    expect(await mine(after)).toMatchObject({ membership: { state: 'active', plan: { tierKey: 'supporter' }, next: { kind: 'renews', price: { amount: 500 } } } });
    expect(await enters(after, club.sustainers)).toBe(false);
    expect(await enters(after, club.supporters)).toBe(true);
    expect((await invoicesOf(club.house, after)).map(({ paid }) => paid)).toEqual([1200, 500]);
  });

  it('that is cancelled stays open to the end of its period, and ends there though no webhook comes', async () => {
    const guest = await inPeriod(club.shop.supporter.month, 3);
    const periodEnd = await periodEndOf(guest);
    const ends = { membership: { state: 'active', next: { kind: 'ends', at: periodEnd } } };
    expect(dataOf(await guest.ask(memberships.cancel, {}))).toMatchObject(ends);
    expect(dataOf(await guest.ask(memberships.resume, {}))).toMatchObject({ membership: { state: 'active', next: { kind: 'renews', at: periodEnd } } });
    expect(dataOf(await guest.ask(memberships.cancel, {}))).toMatchObject(ends);
    const last = await club.later(guest, periodEnd, -minute);
    expect(await enters(last, club.supporters)).toBe(true);
    club.house.sandbox.webhooks.pause();
    club.moveTo(periodEnd, minute);
    // Whoever settles the membership first does not keep its end from being told.
    await club.house.sandbox.catchUp();
    await settleDueMemberships(club.house.app.deps);
    expect(await last.next(rights.changed, (told) => told.change === 'ended')).toMatchObject({ reason: 'membership_ended' });
    expect(await last.next(rights.leftRoom)).toEqual({ roomId: club.supporters, reason: 'membership_ended' });
    expect(await enters(last, club.supporters)).toBe(false);
    club.house.sandbox.webhooks.resume();
    await club.house.sandbox.catchUp();
    await settled(club.house);
    expect(await mine(last)).toMatchObject({ membership: { state: 'ended', reason: 'cancelled', endedAt: periodEnd } });
    expect(await last.ask(memberships.resume, {})).toMatchObject({ ok: false });
    expect(await invoicesOf(club.house, last)).toHaveLength(1);
  });

  it('goes over from months to a year at once, and back when the year is over', async () => {
    const guest = await inPeriod(club.shop.supporter.month, 10);
    const { year, month } = club.shop.supporter;
    const shown = await preview(guest, year);
    expect(shown).toMatchObject({ when: 'now', plan: { interval: 'year' }, next: { price: { amount: 5000 } } });
    expect(sum(shown.lines)).toBe(shown.due);
    expect(dataOf(await change(guest, year, shown))).toMatchObject({ membership: { plan: { interval: 'year' }, periodEnd: shown.next.at } });
    await settled(club.house);
    expect((await invoicesOf(club.house, guest)).map(({ paid }) => paid)).toEqual([500, shown.due]);
    const back = await preview(guest, month);
    expect(back).toMatchObject({ when: 'at_period_end', at: shown.next.at, due: 0 });
    expect(dataOf(await change(guest, month, back))).toMatchObject({ membership: { plan: { interval: 'year' }, next: { kind: 'changes', at: shown.next.at, plan: { interval: 'month' } } } });
    expect(await guest.heard(rights.changed)).toEqual([]);
    const after = await club.later(guest, shown.next.at, 2 * hour);
    expect(await mine(after)).toMatchObject({ membership: { state: 'active', plan: { interval: 'month' } } });
    expect(await enters(after, club.supporters)).toBe(true);
  });

  it('that ends leaves the same tier to whoever was also given it', async () => {
    const gifted = await club.house.guest({ tier: 'supporter' });
    const other = await club.house.guest();
    for (const one of [gifted, other]) {
      await join(club.house, one, club.shop.supporter.month);
      expect(await one.ask(memberships.cancel, {})).toMatchObject({ ok: true });
    }
    const after = await club.later(gifted, await periodEndOf(gifted), hour);
    expect(await mine(after)).toMatchObject({ membership: { state: 'ended', reason: 'cancelled' } });
    expect(await enters(after, club.supporters)).toBe(true);
    expect(await enters(await again(club.house, other), club.supporters)).toBe(false);
  });

  it('is offered at Stripe’s own page what newcomers are offered now, and no price that was closed', async () => {
    const guest = await club.house.guest();
    await join(club.house, guest, club.shop.supporter.month);
    const offered = async (): Promise<string[]> => {
      const { url } = dataOf(await guest.ask(memberships.openPortal, { page: 'overview' }));
      const page = await (await fetch(`${club.house.url}${new URL(url).pathname}`)).text();
      const known = await TierPrice.find().lean();
      return known.filter(({ stripePriceId }) => stripePriceId && page.includes(stripePriceId)).map(({ _id }) => String(_id));
    };
    const { supporter, sustainer, organizer } = club.shop;
    expect((await offered()).toSorted()).toEqual([supporter.year, sustainer.month, sustainer.year].toSorted());
    const closer = await again(club.house, organizer);
    dataOf(await closer.ask(prices.close, { priceId: sustainer.year }));
    const dearer = dataOf(await closer.ask(prices.set, { clientPriceId: randomUUID(), tierKey: 'sustainer', interval: 'month', amount: 1500, currency: 'usd', trialDays: 0 }));
    expect((await offered()).toSorted()).toEqual([supporter.year, dearer.id].toSorted());
    // What is offered is made known to Stripe once, however often the page is opened.
    await offered();
    expect((await club.house.app.deps.payments.stripe.billingPortal.configurations.list({})).data).toHaveLength(2);
  });
});
