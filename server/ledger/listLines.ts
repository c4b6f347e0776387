import type { LedgerLines, LinesAsked } from '../../shared/contracts/money/ledger.js';
import { limits } from '../../shared/limits.js';
import { sumLines } from '../models/money/ledgerBooks.js';
import { viewLines } from './ledger.views.js';
import { meantBy, readPage } from './readPage.js';

/** The lines of the ledger that are meant, the newest first, a page at a time; with the first, what all of them come to. */
export async function listLines(input: LinesAsked): Promise<LedgerLines> {
  const [{ entries, next }, sums] = await Promise.all([readPage(input, limits.ledgerPage), input.after === undefined ? sumLines(meantBy(input)) : null]);
  return { lines: await viewLines(entries), next, sums };
}
