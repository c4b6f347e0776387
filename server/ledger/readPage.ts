import type { LinesAsked } from '../../shared/contracts/money/ledger.js';
import { readLines, type LineFilter } from '../models/money/ledgerBooks.js';
import type { LedgerEntryDocument } from '../models/money/ledgerEntry.js';
import { readPlace, viewPlace } from './ledger.views.js';
import { spanOf } from './period.js';

/** So many of the lines that are meant, and where the next ones begin; null where there are no more. */
export async function readPage(asked: LinesAsked, count: number): Promise<{ entries: LedgerEntryDocument[]; next: string | null }> {
  // One more than is shown tells whether there are more.
  const found = await readLines(meantBy(asked), asked.after === undefined ? null : readPlace(asked.after), count + 1);
  const entries = found.slice(0, count);
  const last = entries.at(-1);
  return { entries, next: last && found.length > count ? viewPlace(last) : null };
}

/** Which lines are meant, whatever page of them is asked for. */
export function meantBy({ after: _page, period, ...filter }: LinesAsked): LineFilter {
  return { ...filter, span: period === undefined ? undefined : spanOf(period) };
}
