import type { LedgerView } from '../../../shared/contracts/tickets.js';
import { LedgerEntry } from '../../models/money/ledgerEntry.js';
import { viewLedgerEntry } from '../tickets.views.js';

/** The whole ledger, the newest first, and the sums of each currency. */
export async function showLedger(): Promise<LedgerView> {
  const [entries, totals] = await Promise.all([LedgerEntry.find().sort({ occurredAt: -1, _id: -1 }).lean(), LedgerEntry.totals()]);
  return { entries: entries.map(viewLedgerEntry), totals };
}
