/** The ledger as the contract shows it. */
import { Types } from 'mongoose';
import type { LedgerLineView } from '../../shared/contracts/money/ledger.js';
import { Member } from '../models/member.js';
import type { LinePlace } from '../models/money/ledgerBooks.js';
import { LedgerEntry, type LedgerEntryDocument } from '../models/money/ledgerEntry.js';

/** Whether a line was entered by hand, and is not what takes another one back. */
const isPartnersPayment = ({ stream, kind }: LedgerEntryDocument): boolean => stream === 'partnership' && kind === 'charge';

/** Lines of the ledger, with who entered them and whether they may be taken back. */
export async function viewLines(entries: readonly LedgerEntryDocument[]): Promise<LedgerLineView[]> {
  const [people, takenBack] = await Promise.all([
    Member.people([...new Set(entries.flatMap(({ enteredBy }) => (enteredBy ? [String(enteredBy)] : [])))]),
    LedgerEntry.takenBack(entries.filter(isPartnersPayment).map(({ _id }) => _id)),
  ]);
  return entries.map((entry) => ({
    ...viewStored(entry),
    enteredBy: people.get(String(entry.enteredBy))?.name ?? null,
    canBeTakenBack: isPartnersPayment(entry) && !takenBack.has(String(entry._id)),
  }));
}

function viewStored({ _id, stream, kind, amount, currency, orderId, workshopId, label, note = '', occurredAt }: LedgerEntryDocument) {
  return {
    id: String(_id),
    stream,
    kind,
    amount,
    currency,
    orderId: orderId && String(orderId),
    workshopId: workshopId && String(workshopId),
    label,
    note,
    occurredAt: occurredAt.toISOString(),
  };
}

/** A line's place as it travels, for the page after it. */
export function viewPlace({ occurredAt, _id }: LinePlace): string {
  return `${occurredAt.getTime()}-${String(_id)}`;
}

/** The place that `viewPlace` wrote. */
export function readPlace(cursor: string): LinePlace {
  const [at = '', id = ''] = cursor.split('-');
  return { occurredAt: new Date(Number(at)), _id: new Types.ObjectId(id) };
}
