import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberships } from '../../../shared/contracts/memberships/memberships.js';
import { rights } from '../../../shared/contracts/rights.js';
import type { Guest } from '../../support/guest.js';
import { again } from '../tickets/aSale.js';
import { enters, failed, invoicesOf, join, mine, openClub, periodEndOf, putCard, settled, start, type Club } from './aMembership.js';

const minute = 60_000;
const hour = 60 * minute;

describe('a payment that fails at the renewal', () => {
  let club: Club;
  beforeAll(async () => {
    club = await openClub();
  });
  afterAll(() => club.house.close());

  /** A member whose renewal has failed, and until when they have to mend it. */
  async function inGrace(): Promise<{ guest: Guest; graceUntil: string }> {
    const guest = await club.house.guest();
    await join(club.house, guest, club.shop.supporter.month);
    await putCard(club.house, guest, 'fails');
    const back = await club.later(guest, await periodEndOf(guest), 2 * hour);
    const { membership } = await mine(back);
    expect(membership).toMatchObject({ state: 'past_due', owed: { amount: 500, currency: 'usd' } });
    return { guest: back, graceUntil: membership?.state === 'past_due' ? membership.graceUntil : '' };
  }

  it('leaves everything open for a grace, and nothing is lost when the card is mended in it', async () => {
    const { guest, graceUntil } = await inGrace();
    expect(Date.parse(graceUntil)).toBeGreaterThan(club.now());
    expect(await enters(guest, club.supporters)).toBe(true);
    expect(await start(guest, club.shop.supporter.month)).toMatchObject({ ok: false, failure: { code: 'membership.fix_card', data: { graceUntil } } });
    expect(await guest.ask(memberships.previewChange, { priceId: club.shop.sustainer.month })).toMatchObject(failed('membership.fix_card'));
    await putCard(club.house, guest, 'works');
    expect(await mine(guest)).toMatchObject({ membership: { state: 'active', next: { kind: 'renews' } } });
    expect(await invoicesOf(club.house, guest)).toEqual([{ total: 500, paid: 500, status: 'paid' }, { total: 500, paid: 500, status: 'paid' }]);
    expect(await guest.heard(rights.changed)).toEqual([]);
    expect(await guest.heard(rights.leftRoom)).toEqual([]);
    const after = await club.later(guest, graceUntil, minute);
    expect(await enters(after, club.supporters)).toBe(true);
  });

  it('ends the membership with its grace when the card is never mended, told at once; whoever pays stays', async () => {
    const payer = await club.house.guest();
    await join(club.house, payer, club.shop.supporter.month);
    const { guest: owing, graceUntil } = await inGrace();
    const guest = await club.later(owing, graceUntil, -minute);
    const control = await again(club.house, payer);
    expect(await enters(guest, club.supporters)).toBe(true);
    expect(await enters(control, club.supporters)).toBe(true);
    club.house.sandbox.webhooks.pause();
    club.moveTo(graceUntil, minute);
    expect(await guest.next(rights.changed, ({ change }) => change === 'ended')).toEqual({ scope: { kind: 'tier', tierKey: 'supporter' }, change: 'ended', reason: 'payment_failed' });
    expect(await guest.next(rights.leftRoom)).toEqual({ roomId: club.supporters, reason: 'payment_failed' });
    expect(await enters(guest, club.supporters)).toBe(false);
    expect(await enters(control, club.supporters)).toBe(true);
    expect(await control.heard(rights.leftRoom)).toEqual([]);
    club.house.sandbox.webhooks.resume();
    await settled(club.house);
    expect(await mine(guest)).toMatchObject({ membership: { state: 'ended', reason: 'payment_failed' } });
    expect(await mine(control)).toMatchObject({ membership: { state: 'active' } });
    expect((await invoicesOf(club.house, guest)).map(({ paid, status }) => [paid, status])).toEqual([[500, 'paid'], [0, 'void']]);
    // Nothing is owed, so they may begin anew.
    expect(await start(guest, club.shop.supporter.month)).toMatchObject({ ok: true });
  });
});
