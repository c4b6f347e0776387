import { Types } from 'mongoose';
import type { LedgerLineView, RecordPartnership } from '../../shared/contracts/money/ledger.js';
import { AppError } from '../../shared/failures.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { partnerSource } from '../models/money/ledgerEntry.js';
import { enterLine } from './enterLine.js';

/** So much earlier than in the books' zone a day begins where it begins first. */
const earliestMorningMs = 14 * 60 * 60_000;

/**
 * Enters what a partner paid past Stripe, once per `clientEntryId`: a retry answers what was entered first. It is never changed;
 * what was wrong is taken back, and entered anew.
 *
 * @throws partnership.in_future - the day has not begun anywhere.
 */
export async function recordPartnership(deps: Deps, actor: Actor, input: RecordPartnership): Promise<LedgerLineView> {
  const day = new Date(`${input.date}T00:00:00Z`);
  if (day.getTime() - earliestMorningMs > deps.now().getTime()) throw new AppError('partnership.in_future');
  const { clientEntryId, partner: label, amount, currency, note } = input;
  return enterLine(deps, { source: partnerSource(clientEntryId), kind: 'charge', amount, currency, label, note, enteredBy: new Types.ObjectId(actor.memberId), occurredAt: day });
}
