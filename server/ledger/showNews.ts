import type { LedgerNews } from '../../shared/contracts/money/ledger.js';
import { sumCharges, sumLedger } from '../models/money/ledgerBooks.js';

/** What was charged since a moment, and what the ledger comes to in all, each currency for itself. */
export async function showNews(input: { since: string }): Promise<LedgerNews> {
  const [charged, { totals }] = await Promise.all([sumCharges(new Date(input.since)), sumLedger(null)]);
  return { charged, totals };
}
