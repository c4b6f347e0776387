import type { LinesAsked } from '../../shared/contracts/money/ledger.js';
import { readLines } from '../models/money/ledgerBooks.js';
import type { LedgerEntryDocument } from '../models/money/ledgerEntry.js';
import { readPlace, viewPlace } from './ledger.views.js';
import { spanOf } from './period.js';

/** So many of the lines that are meant, and where the next ones begin; null where there are no more. */
export async function readPage({ after, period, ...filter }: LinesAsked, count: number): Promise<{ entries: LedgerEntryDocument[]; next: string | null }> {
  const span = period === undefined ? undefined : spanOf(period);
  // One more than is shown tells whether there are more.
  const found = await readLines({ ...filter, span }, after === undefined ? null : readPlace(after), count + 1);
  const entries = found.slice(0, count);
  const last = entries.at(-1);
  return { entries, next: last && found.length > count ? viewPlace(last) : null };
}
