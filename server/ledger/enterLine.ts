import { ledger, type LedgerLineView } from '../../shared/contracts/money/ledger.js';
import type { Deps } from '../deps.js';
import { LedgerEntry, type LedgerEntryDocument } from '../models/money/ledgerEntry.js';
import { roleChannel } from '../realtime/channels.js';
import { viewLines } from './ledger.views.js';

/** Writes a line by hand, once by its source, and answers the one that stands there; organizers are told of a new one. */
export async function enterLine(deps: Deps, line: Omit<LedgerEntryDocument, '_id' | 'stream' | 'orderId' | 'workshopId'>): Promise<LedgerLineView> {
  const isNew = await LedgerEntry.recordOnce({ stream: 'partnership', orderId: null, workshopId: null, ...line });
  if (isNew) deps.publish(roleChannel('organizer'), ledger.changed, {});
  const [view] = await viewLines([await LedgerEntry.findOne({ source: line.source }).orFail().lean()]);
  if (!view) throw new Error('a line that was found is shown');
  return view;
}
