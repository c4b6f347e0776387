import type { LedgerLines, LinesAsked } from '../../shared/contracts/money/ledger.js';
import { limits } from '../../shared/limits.js';
import { viewLines } from './ledger.views.js';
import { readPage } from './readPage.js';

/** The lines of the ledger that are meant, the newest first, a page at a time. */
export async function listLines(input: LinesAsked): Promise<LedgerLines> {
  const { entries, next } = await readPage(input, limits.ledgerPage);
  return { lines: await viewLines(entries), next };
}
