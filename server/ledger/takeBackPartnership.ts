import { Types } from 'mongoose';
import type { LedgerLineView, TakeBackPartnership } from '../../shared/contracts/money/ledger.js';
import { AppError } from '../../shared/failures.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { counterSource, LedgerEntry } from '../models/money/ledgerEntry.js';
import { enterLine } from './enterLine.js';

/**
 * Takes back what was entered of a partner, by a counter-entry of the same amount. It is of today: a month that was told to
 * somebody stays as it was told. Taking it back again answers the counter-entry there is.
 *
 * @throws partnership.not_found - there is no such entry; a counter-entry and what came from Stripe are none.
 */
export async function takeBackPartnership(deps: Deps, actor: Actor, { entryId, reason }: TakeBackPartnership): Promise<LedgerLineView> {
  const entry = await LedgerEntry.findOne({ _id: entryId, stream: 'partnership', kind: 'charge' }).lean();
  if (!entry) throw new AppError('partnership.not_found');
  const { _id, amount, currency, label } = entry;
  return enterLine(deps, { source: counterSource(_id), kind: 'refund', amount: -amount, currency, label, note: reason, enteredBy: new Types.ObjectId(actor.memberId), occurredAt: deps.now() });
}
