import type { CurrencyBooks, LedgerBooks, OfYear } from '../../shared/contracts/money/ledger.js';
import { ledgerSpan, sumLedger, type SummedLedger } from '../models/money/ledgerBooks.js';
import { MoneyFinding } from '../models/money/moneyFinding.js';
import { Workshop } from '../models/workshop.js';
import { bookZone, spanOf } from './period.js';

/** What the ledger comes to, of one year or of all time: per stream, month and workshop, each currency for itself; and what Stripe holds besides. */
export async function showBooks({ year }: OfYear): Promise<LedgerBooks> {
  const [sums, years, besides] = await Promise.all([sumLedger(year === undefined ? null : spanOf(year)), yearsWithLines(), MoneyFinding.unknownMoney()]);
  const titles = await titlesOf(sums);
  const currencies = sums.totals.map(({ currency, ...total }): CurrencyBooks => ({
    currency,
    total,
    streams: inCurrency(sums.streams, currency),
    months: inCurrency(sums.months, currency),
    workshops: inCurrency(sums.workshops, currency).map(({ workshopId, ...rest }) => ({ ...rest, workshopId: String(workshopId), title: titles.get(String(workshopId)) ?? '' })),
  }));
  return { zone: bookZone, years, currencies, besides };
}

async function yearsWithLines(): Promise<string[]> {
  const span = await ledgerSpan();
  if (!span) return [];
  const last = span.last.getUTCFullYear();
  return Array.from({ length: last - span.first.getUTCFullYear() + 1 }, (_one, before) => String(last - before));
}

async function titlesOf({ workshops }: SummedLedger): Promise<Map<string, string>> {
  const ids = [...new Set(workshops.map(({ workshopId }) => String(workshopId)))];
  const found = ids.length === 0 ? [] : await Workshop.find({ _id: { $in: ids } }).select({ title: 1 }).lean();
  return new Map(found.map(({ _id, title }) => [String(_id), title]));
}

function inCurrency<T extends { currency: string }>(sums: readonly T[], currency: string): Omit<T, 'currency'>[] {
  return sums.filter((sum) => sum.currency === currency).map(({ currency: _currency, ...rest }) => rest);
}
