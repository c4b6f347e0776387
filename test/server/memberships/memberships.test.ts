import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { letterWriters } from '../../../server/moneyTables.js';
import { Grant } from '../../../server/models/grant.js';
import { Member } from '../../../server/models/member.js';
import { Membership } from '../../../server/models/memberships/membership.js';
import { PayingCustomer } from '../../../server/models/memberships/payingCustomer.js';
import { LedgerEntry } from '../../../server/models/money/ledgerEntry.js';
import { sendDueLetters } from '../../../server/tickets/mails/sendDueLetters.js';
import { memberships } from '../../../shared/contracts/memberships/memberships.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import { rights } from '../../../shared/contracts/rights.js';
import type { Guest } from '../../support/guest.js';
import type { House } from '../../support/house.js';
import { crowd, webhooksHandled } from '../tickets/aSale.js';
import { dataOf } from '../workshops/aWorkshop.js';
import { change, enters, failed, invoicesOf, join, mine, openClub, press, preview, settled, start, type Club, type Shop } from './aMembership.js';

const hour = 3_600_000;
const day = 24 * hour;

describe('a membership', () => {
  let club: Club;
  let house: House;
  let shop: Shop;
  let supporters: string;
  let sustainers: string;
  beforeAll(async () => {
    club = await openClub();
    ({ house, shop, supporters, sustainers } = club);
  });
  afterAll(() => house.close());

  const stripe = () => house.app.deps.payments.stripe;
  const mails = async (guest: Guest): Promise<string[]> => {
    await sendDueLetters(house.app.deps, letterWriters);
    const { email } = await Member.findById(guest.id).orFail().lean();
    return ((await house.app.deps.mail.kept()) ?? []).filter((mail) => mail.to === email).toReversed().map(({ subject }) => subject);
  };
  /** What the books have of a member, so that twice can be compared with once. */
  const booksOf = async (guest: Guest) => {
    const { booked, _id } = await Membership.findOne({ memberId: guest.id }).sort({ createdAt: -1 }).orFail().lean();
    const payments = booked.flatMap(({ paymentId }) => paymentId ?? []);
    const charges = await Promise.all(payments.map((id) => stripe().paymentIntents.retrieve(id)));
    const sources = charges.map(({ latest_charge: charge }) => `charge:${typeof charge === 'string' ? charge : String(charge?.id)}`);
    const entries = await LedgerEntry.find({ source: { $in: sources }, stream: 'subscription' }).sort({ occurredAt: 1 }).lean();
    return { paid: entries.map(({ amount, currency }) => [amount, currency]), grants: await Grant.countDocuments({ 'source.id': String(_id), endReason: null }) };
  };

  it('opens nothing until it is paid; then what its tier opens, at once, by the webhook alone; nobody else sees it', async () => {
    const guest = await house.guest();
    const started = dataOf(await start(guest, shop.supporter.month));
    expect(started).toMatchObject({ state: 'starting', plan: { tierKey: 'supporter', tierName: 'Supporter', interval: 'month', price: { amount: 500, currency: 'usd' } } });
    await press(house, started, 'decline');
    expect(dataOf(await guest.ask(memberships.show, { membershipId: started.id }))).toMatchObject({ state: 'starting' });
    expect(await enters(guest, supporters)).toBe(false);
    await press(house, started, 'pay');
    await guest.next(rights.changed, ({ change: what, scope }) => what === 'started' && scope?.kind === 'tier' && scope.tierKey === 'supporter');
    expect(await enters(guest, supporters)).toBe(true);
    expect(await enters(guest, sustainers)).toBe(false);
    await webhooksHandled(house);
    expect(await mine(guest)).toMatchObject({ membership: { state: 'active', next: { kind: 'renews', price: { amount: 500 } } }, isTrialLeft: true });
    const fees = await LedgerEntry.find({ stream: 'subscription', kind: 'fee' }).lean();
    expect(fees.map(({ amount, currency, label }) => [amount, currency, label])).toEqual([[-45, 'usd', 'Supporter']]);
    expect(await booksOf(guest)).toEqual({ paid: [[500, 'usd']], grants: 1 });
    expect(await mails(guest)).toEqual(['Your receipt: $5.00 for Supporter']);
    expect(await (await house.guest()).ask(memberships.show, { membershipId: started.id })).toMatchObject(failed('membership.not_found'));
    expect(await start(guest, shop.sustainer.month)).toMatchObject(failed('membership.already'));
    expect(await start(await house.guest(), 'a'.repeat(24))).toMatchObject(failed('price.not_found'));
  });

  it('is true after every webhook came twice, in reverse, and late: one state, one mail, one ledger entry', async () => {
    const guest = await house.guest();
    house.sandbox.webhooks.pause();
    const started = dataOf(await start(guest, shop.supporter.month));
    await press(house, started, 'pay');
    // The return page alone: it shows the truth, for it asks Stripe.
    expect(dataOf(await guest.ask(memberships.show, { membershipId: started.id }))).toMatchObject({ state: 'active' });
    house.sandbox.webhooks.resume('newest_first');
    await webhooksHandled(house);
    const { data: events } = await stripe().events.list({ limit: 40 });
    for (const { id } of events) await house.sandbox.webhooks.redeliver(id);
    await settled(house);
    expect(await booksOf(guest)).toEqual({ paid: [[500, 'usd']], grants: 1 });
    expect(await mails(guest)).toHaveLength(1);
    expect((await guest.heard(rights.changed)).map(({ change: what }) => what)).toEqual(['started']);
  });

  it('is begun once, by however many clicks; an open checkout gives way to another', async () => {
    const guest = await house.guest();
    const attempt = randomUUID();
    const clicks = await Promise.all([attempt, attempt, randomUUID(), randomUUID()].map((id) => start(guest, shop.supporter.month, false, id)));
    const [first] = clicks.map(dataOf);
    expect(new Set(clicks.map((one) => dataOf(one).id)).size).toBe(1);
    const other = dataOf(await start(guest, shop.sustainer.month, true));
    expect(other).toMatchObject({ state: 'starting', plan: { tierKey: 'sustainer' } });
    expect(dataOf(await guest.ask(memberships.show, { membershipId: first?.id ?? '' }))).toMatchObject({ state: 'ended', reason: 'not_completed' });
    // The checkout that is left gives the trial back.
    expect(await mine(guest)).toMatchObject({ isTrialLeft: true });
    await press(house, other, 'pay');
    await guest.next(memberships.changed, ({ membership }) => membership?.state === 'trialing');
    expect(await mine(guest)).toMatchObject({ membership: { id: other.id, state: 'trialing' }, isTrialLeft: false });
  });

  it('has a free trial once per person: 50 at once under aliases of one address, and a card under two names', async () => {
    const askers = await crowd([house], 50);
    await Promise.all(askers.map(({ id }, place) => Member.updateOne({ _id: id }, { $set: { email: place % 2 ? `Ada.L+${place}@gmail.com` : `a.dal+${place}@GoogleMail.com` } })));
    const replies = await Promise.all(askers.map((asker) => start(asker, shop.supporter.month, true)));
    expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
    for (const reply of replies.filter(({ ok }) => !ok)) expect(reply).toMatchObject(failed('membership.no_trial'));
    const [one, two, three] = [await house.guest(), await house.guest(), await house.guest()];
    await join(house, one, shop.supporter.month, true);
    const sameCard = dataOf(await start(two, shop.supporter.month, true));
    const { email } = await Member.findById(one.id).orFail().lean();
    const { customerId } = await PayingCustomer.findById(two.id).orFail().lean();
    await stripe().customers.update(customerId, { email });
    await press(house, sameCard, 'pay');
    await two.next(memberships.changed, ({ membership }) => membership?.state === 'ended');
    expect(await mine(two)).toMatchObject({ membership: { reason: 'trial_used' }, isTrialLeft: false });
    expect(await enters(two, supporters)).toBe(false);
    expect(await join(house, three, shop.supporter.month, true)).toMatchObject({ state: 'trialing' });
    await webhooksHandled(house);
    expect((await stripe().subscriptions.list({ customer: customerId, status: 'all' })).data.map(({ status }) => status)).toEqual(['canceled']);
    expect(await start(two, shop.supporter.year, true)).toMatchObject(failed('membership.no_trial'));
    expect(await start(two, shop.supporter.month)).toMatchObject({ ok: true });
  });

  it('in its trial goes over to another tier, and the trial with it; three days before its end a letter comes', async () => {
    let guest = await house.guest();
    const { id } = await join(house, guest, shop.supporter.month, true);
    const { trialEnd } = await Membership.findById(id).orFail().lean();
    const shown = await preview(guest, shop.sustainer.month);
    expect(shown).toMatchObject({ when: 'now', due: 0, lines: [], next: { at: trialEnd?.toISOString(), price: { amount: 1200 } } });
    expect(dataOf(await change(guest, shop.sustainer.month, shown))).toMatchObject({ membership: { state: 'trialing', plan: { tierKey: 'sustainer' }, trialEnd: trialEnd?.toISOString() } });
    expect(await enters(guest, sustainers)).toBe(true);
    expect(await mails(guest)).toEqual([]);
    guest = await club.later(guest, trialEnd?.toISOString() ?? '', hour - 3 * day);
    expect(await mails(guest)).toEqual([expect.stringMatching(/^Your free trial of Sustainer ends on /) as string]);
    guest = await club.later(guest, trialEnd?.toISOString() ?? '', 3 * hour);
    expect(await mine(guest)).toMatchObject({ membership: { state: 'active' } });
    expect(await invoicesOf(house, guest)).toEqual([{ total: 0, paid: 0, status: 'paid' }, { total: 1200, paid: 1200, status: 'paid' }]);
  });

  it('is not offered to whoever is banned from the house, who may still end the one they have', async () => {
    // The shop's own has been signed in for days by now.
    const [organizer, guest, newcomer] = [await house.guest({ role: 'organizer' }), await house.guest(), await house.guest()];
    await join(house, guest, shop.supporter.month);
    const ids = await Promise.all([guest, newcomer].map(async ({ id: memberId }) => dataOf(await organizer.call(moderation.restrict, { clientRestrictionId: randomUUID(), kind: 'ban', memberId, roomId: null, minutes: null, reason: 'Rude' })).id));
    const refused = { ok: false, failure: { code: 'price.not_found' } };
    expect(await start(newcomer, shop.supporter.month)).toMatchObject(refused);
    expect(await guest.ask(memberships.previewChange, { priceId: shop.sustainer.month })).toMatchObject(refused);
    expect(dataOf(await guest.ask(memberships.cancel, {})).membership).toMatchObject({ next: { kind: 'ends' } });
    for (const restrictionId of ids) dataOf(await organizer.call(moderation.lift, { restrictionId }));
    expect(dataOf(await start(newcomer, shop.supporter.month))).toMatchObject({ state: 'starting' });
  });
});
