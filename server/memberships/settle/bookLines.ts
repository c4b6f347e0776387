import { ledger } from '../../../shared/contracts/money/ledger.js';
import type { Deps } from '../../deps.js';
import { LedgerEntry, type LedgerEntryDocument } from '../../models/money/ledgerEntry.js';
import { roleChannel } from '../../realtime/channels.js';

/** A line of the ledger, apart from which membership it is about. */
export type MoneyLine = Pick<LedgerEntryDocument, 'kind' | 'source' | 'amount' | 'currency' | 'occurredAt'>;

/** Writes lines about a tier into the ledger, each once, and tells organizers if one of them is new. Answers whether one is. */
export async function bookLines(deps: Deps, label: string, lines: readonly MoneyLine[]): Promise<boolean> {
  const about = { stream: 'subscription' as const, orderId: null, workshopId: null, label };
  const news = await Promise.all(lines.map((line) => LedgerEntry.recordOnce({ ...about, ...line })));
  const hasNews = news.includes(true);
  if (hasNews) deps.publish(roleChannel('organizer'), ledger.changed, {});
  return hasNews;
}
