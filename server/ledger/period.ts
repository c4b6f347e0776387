import type { Span } from '../models/money/ledgerBooks.js';

/** Where the books' months and years begin and end: a community has no zone of its own. */
export const bookZone = 'UTC';

/** From the beginning of a year (`2026`) or a month (`2026-01`) until its end. */
export function spanOf(period: string): Span {
  const [year = 0, month] = period.split('-').map(Number);
  return month === undefined
    ? { from: new Date(Date.UTC(year, 0)), until: new Date(Date.UTC(year + 1, 0)) }
    : { from: new Date(Date.UTC(year, month - 1)), until: new Date(Date.UTC(year, month)) };
}
