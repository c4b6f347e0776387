/** The ledger through its doors: what is sold, given back and taken back in three currencies, and that it all is what Stripe says. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Membership } from '../../../server/models/memberships/membership.js';
import { LedgerEntry } from '../../../server/models/money/ledgerEntry.js';
import type { OutcomeName } from '../../../server/embedded/stripeSandbox/checkout/outcomes.js';
import { memberships } from '../../../shared/contracts/memberships/memberships.js';
import { ledger, type CurrencyBooks, type LedgerLineView, type LinesAsked, type LedgerSums } from '../../../shared/contracts/money/ledger.js';
import { tickets, type OrderView } from '../../../shared/contracts/tickets.js';
import { refunds } from '../../../shared/contracts/tickets/refunds.js';
import { limits } from '../../../shared/limits.js';
import type { Guest } from '../../support/guest.js';
import type { House } from '../../support/house.js';
import { failed, openClub, press as pressMembership, settled, start, type Club } from '../memberships/aMembership.js';
import { again, checkout, press, webhooksHandled } from '../tickets/aSale.js';
import { dataOf, publish } from '../workshops/aWorkshop.js';

/** Seventeen sales and all that follows from them may take so long where the machine has other work. */
const sellingMs = 60_000;

const sumNames = ['gross', 'refunds', 'disputes', 'fees', 'net'] as const;

describe('the ledger', () => {
  let club: Club;
  let house: House;
  let organizer: Guest;
  /** A workshop for each currency. */
  const workshopOf: Record<string, string> = {};
  beforeAll(async () => {
    club = await openClub();
    ({ house } = club);
    ({ organizer } = club.shop);
  });
  afterAll(() => house.close());

  const stripe = () => house.app.deps.payments.stripe;
  const books = async (year?: string) => dataOf(await organizer.ask(ledger.books, year === undefined ? {} : { year }));
  const lines = async (asked: LinesAsked = {}) => dataOf(await organizer.ask(ledger.lines, asked));

  async function buys(currency: string, outcome: OutcomeName): Promise<{ order: OrderView; buyer: Guest }> {
    const buyer = await house.guest();
    const order = dataOf(await checkout(buyer, workshopOf[currency] ?? ''));
    await press(house, order, outcome);
    await buyer.next(tickets.orderChanged, (changed) => changed.id === order.id && changed.state === 'paid');
    return { order, buyer };
  }

  /** Sold in each currency: one that stays, one of which a part goes back, one that goes back whole, one whose bank takes it back, one whose refund fails; and two memberships. */
  async function sellAll(): Promise<void> {
    await Promise.all(([['usd', 1999], ['cny', 12_345], ['jpy', 1801]] as const).map(async ([currency, amount]) => {
      workshopOf[currency] = (await publish(house, { price: { amount, currency }, capacity: 9, title: `Streams in ${currency}` })).workshop.id;
      await buys(currency, 'pay');
      const [part, whole, failing] = [await buys(currency, 'pay'), await buys(currency, 'pay'), await buys(currency, 'refund-fails')];
      for (const { order } of [part, failing]) dataOf(await organizer.ask(refunds.part, { orderId: order.id, clientRefundId: randomUUID(), amount: 333, keepsSeat: true, reason: '' }));
      dataOf(await organizer.ask(tickets.refund, { orderId: whole.order.id }));
      await buys(currency, 'dispute');
    }));
    const [paid, disputed] = [await house.guest(), await house.guest()];
    for (const [guest, button] of [[paid, 'pay'], [disputed, 'dispute']] as const) {
      await pressMembership(house, dataOf(await start(guest, club.shop.supporter.month)), button);
      await guest.next(memberships.changed, ({ membership }) => membership?.state === 'active');
    }
    await webhooksHandled(house);
    const { booked } = await Membership.findOne({ memberId: paid.id }).orFail().lean();
    await stripe().refunds.create({ payment_intent: booked[0]?.paymentId ?? '', amount: 123 });
    club.moveTo(new Date(club.now()).toISOString(), 10 * 60_000);
    await house.sandbox.catchUp();
    await settled(house);
    organizer = await again(house, organizer);
  }

  /** What Stripe's account has come to, by currency and by what moved it. */
  async function atStripe(): Promise<Map<string, LedgerSums>> {
    const sums = new Map<string, LedgerSums>();
    const kinds: Record<string, 'gross' | 'refunds' | 'disputes'> = { charge: 'gross', refund: 'refunds', refund_failure: 'refunds', dispute: 'disputes', dispute_reversal: 'disputes' };
    for await (const { currency, amount, fee, net, reporting_category: category } of stripe().balanceTransactions.list({ limit: 100 })) {
      const sum = sums.get(currency) ?? { gross: 0, refunds: 0, disputes: 0, fees: 0, net: 0 };
      sum[kinds[category] ?? expect.fail(`${category} is of no kind`)] += amount;
      sums.set(currency, { ...sum, fees: sum.fees - fee, net: sum.net + net });
    }
    return sums;
  }

  const total = (rows: readonly LedgerSums[]): LedgerSums =>
    Object.fromEntries(sumNames.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)])) as LedgerSums;
  const inBooks = (all: readonly CurrencyBooks[], currency: string): CurrencyBooks => all.find((each) => each.currency === currency) ?? expect.fail(`there is no ${currency}`);

  it('equals Stripe’s balance to the cent, in dollars, yuan and yen, whatever went which way', async () => {
    await sellAll();
    const { zone, currencies } = await books();
    expect(zone).toBe('UTC');
    expect(currencies.map(({ currency }) => currency)).toEqual(['cny', 'jpy', 'usd']);
    const real = await atStripe();
    const { available, pending } = await stripe().balance.retrieve();
    for (const { currency, total: sums, streams, months, workshops } of currencies) {
      expect([currency, sums]).toEqual([currency, real.get(currency)]);
      expect(sums.net).toBe([...available, ...pending].reduce((sum, held) => sum + (held.currency === currency ? held.amount : 0), 0));
      for (const name of ['gross', 'refunds', 'disputes', 'fees'] as const) expect(sums[name], name).not.toBe(0);
      // Total revenue is the sum of the streams, and of the months.
      expect(total(streams)).toEqual(sums);
      expect(total(months)).toEqual(sums);
      expect(total(workshops)).toEqual(total(streams.filter(({ stream }) => stream === 'pay_per_use')));
      expect(workshops.map(({ workshopId, title }) => [workshopId, title])).toEqual([[workshopOf[currency], `Streams in ${currency}`]]);
    }
    expect(inBooks(currencies, 'usd').streams.map(({ stream, gross, refunds: back, disputes }) => [stream, gross, back, disputes])).toEqual([
      ['pay_per_use', 5 * 1999, -333 - 1999, -1999],
      ['subscription', 2 * 500, -123, -500],
    ]);
  }, sellingMs);

  it('has the same sums on the day’s page, and none of a year in which nothing moved', async () => {
    const { currencies, years } = await books();
    const news = dataOf(await organizer.ask(ledger.since, { since: '2000-01-01T00:00:00.000Z' }));
    expect(news.totals).toEqual(currencies.map(({ currency, total: sums }) => ({ currency, ...sums })));
    expect(news.charged).toEqual(currencies.map(({ currency, total: { gross } }) => ({ currency, amount: gross })));
    expect(dataOf(await organizer.ask(ledger.since, { since: '2096-01-01T00:00:00.000Z' }))).toMatchObject({ charged: [], totals: news.totals });
    const year = years[0] ?? '';
    expect(await books(year)).toEqual(await books());
    expect(await books('2001')).toMatchObject({ zone: 'UTC', years, currencies: [] });
  });

  it('opens each sum to the lines it is made of', async () => {
    const sumOf = (shown: readonly LedgerLineView[]) => shown.reduce((sum, { amount }) => sum + amount, 0);
    const sumsOf = async (filter: LinesAsked) => (await lines(filter)).sums;
    expect(await sumsOf({})).toEqual((await books()).currencies.map(({ currency, total: { net } }) => ({ currency, amount: net })));
    const { currencies } = await books();
    for (const { currency, total: sums, months, streams, workshops } of currencies) {
      expect(sumOf((await lines({ currency, kind: 'charge' })).lines)).toBe(sums.gross);
      expect(sumOf((await lines({ currency, kind: 'fee' })).lines)).toBe(sums.fees);
      for (const { month, net } of months) expect(sumOf((await lines({ currency, period: month })).lines)).toBe(net);
      for (const { stream, refunds: back } of streams) expect(sumOf((await lines({ currency, stream, kind: 'refund' })).lines)).toBe(back);
      for (const { workshopId, net } of workshops) {
        expect(sumOf((await lines({ currency, workshopId })).lines)).toBe(net);
        expect(await sumsOf({ currency, workshopId, kind: 'charge' })).toMatchObject([{ currency }]);
        expect(await sumsOf({ currency, workshopId })).toEqual([{ currency, amount: net }]);
      }
    }
    expect(await lines({ period: '2001-02' })).toEqual({ lines: [], next: null, sums: [] });
    for (const guest of [await house.guest(), await house.guest({ role: 'host' })]) {
      for (const route of [ledger.books, ledger.lines, ledger.exportBooks, ledger.exportLines]) expect(await guest.ask(route, {})).toEqual({ ok: false, failure: { code: 'role.required', data: {} } });
    }
  });

  it('is written for bookkeepers and programs alike, and no name in it is a formula', async () => {
    const entry = { clientEntryId: randomUUID(), partner: '=HYPERLINK("http://evil")', amount: 1_234, currency: 'kwd', date: '2020-02-29', note: '' };
    const { id } = dataOf(await organizer.ask(ledger.recordPartnership, entry));
    const { text, next } = dataOf(await organizer.ask(ledger.exportLines, { currency: 'kwd' }));
    expect(next).toBeNull();
    expect(text).toBe(
      '\uFEFF"occurred_at","stream","kind","label","note","currency","amount","amount_minor","order_id","workshop_id","source","id"\r\n' +
        `"2020-02-29T00:00:00.000Z","partnership","charge","'=HYPERLINK(""http://evil"")","","KWD",1.234,1234,"","","partnership:${entry.clientEntryId}","${id}"\r\n`,
    );
    const sums = dataOf(await organizer.ask(ledger.exportBooks, { year: '2020' })).text.split('\r\n');
    expect(sums).toEqual([
      '\uFEFF"of","key","name","currency","gross","refunds","disputes","fees","net","gross_minor","refunds_minor","disputes_minor","fees_minor","net_minor"',
      '"total","2020","","KWD",1.234,0.000,0.000,0.000,1.234,1234,0,0,0,1234',
      '"stream","partnership","","KWD",1.234,0.000,0.000,0.000,1.234,1234,0,0,0,1234',
      '"month","2020-02","","KWD",1.234,0.000,0.000,0.000,1.234,1234,0,0,0,1234',
      '',
    ]);
  });

  describe('of partners', () => {
    const entry = (changes = {}) => ({ clientEntryId: randomUUID(), partner: 'Rivet GmbH', amount: 250_000, currency: 'eur', date: new Date(club.now()).toISOString().slice(0, 10), note: 'Gold, a year', ...changes });
    const record = (changes = {}) => organizer.ask(ledger.recordPartnership, entry(changes));
    const partners = async () => (await books()).currencies.find(({ currency }) => currency === 'eur')?.streams;

    it('takes what is entered by hand, once however often it is asked, and lets it be taken back once, with a reason', async () => {
      const clientEntryId = randomUUID();
      const asked = await Promise.all([record({ clientEntryId }), record({ clientEntryId }), record({ clientEntryId, amount: 1 })]);
      const [line] = asked.map(dataOf);
      expect(new Set(asked.map((reply) => dataOf(reply).id)).size).toBe(1);
      expect(line).toMatchObject({ stream: 'partnership', kind: 'charge', label: 'Rivet GmbH', note: 'Gold, a year', enteredBy: organizer.name, canBeTakenBack: true });
      const amount = line?.amount ?? 0;
      expect(await partners()).toEqual([{ stream: 'partnership', gross: amount, refunds: 0, disputes: 0, fees: 0, net: amount }]);

      const takeBack = (reason: string) => organizer.ask(ledger.takeBackPartnership, { entryId: line?.id ?? '', reason });
      const [first, second] = await Promise.all([takeBack('Entered twice'), takeBack('Entered twice')]);
      expect(dataOf(first)).toMatchObject({ kind: 'refund', amount: -amount, label: 'Rivet GmbH', note: 'Entered twice', canBeTakenBack: false });
      expect(dataOf(second)).toEqual(dataOf(first));
      expect(await partners()).toEqual([{ stream: 'partnership', gross: amount, refunds: -amount, disputes: 0, fees: 0, net: 0 }]);
      expect((await lines({ currency: 'eur' })).lines.map(({ canBeTakenBack }) => canBeTakenBack)).toEqual([false, false]);
      expect(await organizer.ask(ledger.takeBackPartnership, { entryId: dataOf(first).id, reason: 'Once more' })).toMatchObject(failed('partnership.not_found'));
      const [sold] = (await lines({ currency: 'usd', kind: 'charge' })).lines;
      expect(await organizer.ask(ledger.takeBackPartnership, { entryId: sold?.id ?? '', reason: 'A ticket' })).toMatchObject(failed('partnership.not_found'));
    });

    it.each([
      ['a day to come', { date: '2096-01-01' }, 'partnership.in_future', undefined],
      ['nothing', { amount: 0 }, 'input.invalid', 'amount'],
      ['less than nothing', { amount: -5 }, 'input.invalid', 'amount'],
      ['part of a cent', { amount: 1.5 }, 'input.invalid', 'amount'],
      ['more than there is', { amount: limits.partnershipMax + 1 }, 'input.invalid', 'amount'],
      ['half a króna', { amount: 50, currency: 'isk' }, 'input.invalid', 'amount'],
      ['an unknown currency', { currency: 'xxx' }, 'input.invalid', 'currency'],
      ['no day', { date: '2026-02-30' }, 'input.invalid', 'date'],
      ['nobody', { partner: '  ' }, 'input.invalid', 'partner'],
    ])('refuses %s, and changes nothing', async (_what, changes, code, path) => {
      const before = await LedgerEntry.countDocuments();
      const reply = await record(changes);
      expect(reply).toMatchObject(failed(code));
      if (path !== undefined) expect(reply).toMatchObject({ failure: { data: { problems: [{ path }] } } });
      expect(await LedgerEntry.countDocuments()).toBe(before);
    });

    it('belongs to organizers', async () => {
      const guest = await house.guest({ role: 'host' });
      expect(await guest.ask(ledger.recordPartnership, entry())).toMatchObject(failed('role.required'));
      expect(await guest.ask(ledger.takeBackPartnership, { entryId: 'a'.repeat(24), reason: 'No' })).toMatchObject(failed('role.required'));
      expect(dataOf(await record({ amount: 500, currency: 'isk' }))).toMatchObject({ currency: 'isk', amount: 500 });
    });
  });

  it('comes page by page: nothing twice and nothing left out, though all of it happened in one moment', async () => {
    const count = limits.ledgerPage * 2 + 7;
    const occurredAt = new Date('2019-05-05T05:05:05.005Z');
    await LedgerEntry.insertMany(Array.from({ length: count }, (_one, place) => ({ source: `charge:page_${place}`, stream: 'pay_per_use', kind: 'charge', amount: 100 + place, currency: 'chf', label: 'A page', occurredAt })));
    const found: string[] = [];
    const sizes: number[] = [];
    for (let after: string | undefined; ; ) {
      const page = await lines({ currency: 'chf', period: '2019', ...(after !== undefined && { after }) });
      found.push(...page.lines.map(({ id }) => id));
      sizes.push(page.lines.length);
      expect(page.sums).toEqual(after === undefined ? [{ currency: 'chf', amount: count * 100 + (count * (count - 1)) / 2 }] : null);
      if (page.next === null) break;
      after = page.next;
    }
    expect(sizes).toEqual([limits.ledgerPage, limits.ledgerPage, 7]);
    expect(new Set(found).size).toBe(count);
    expect((await books('2019')).currencies).toMatchObject([{ currency: 'chf', total: { gross: count * 100 + (count * (count - 1)) / 2 } }]);
  });
});
