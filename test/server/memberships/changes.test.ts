import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberships } from '../../../shared/contracts/memberships/memberships.js';
import { rights } from '../../../shared/contracts/rights.js';
import type { Guest } from '../../support/guest.js';
import { again } from '../tickets/aSale.js';
import { dataOf } from '../workshops/aWorkshop.js';
import { change, enters, failed, invoicesOf, join, mine, openClub, periodEndOf, preview, settled, type Club } from './aMembership.js';

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

  it('goes down when what was paid for has been had, unless that is taken back', async () => {
    const guest = await inPeriod(club.shop.sustainer.month, 3);
    const cheap = club.shop.supporter.month;
    const periodEnd = await periodEndOf(guest);
    const shown = await preview(guest, cheap);
    expect(shown).toMatchObject({ when: 'at_period_end', at: periodEnd, due: 0, lines: [] });
    expect(dataOf(await change(guest, cheap, shown))).toMatchObject({ membership: { state: 'active', plan: { tierKey: 'sustainer' }, next: { kind: 'changes', at: periodEnd, plan: { tierKey: 'supporter' } } } });
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
});
