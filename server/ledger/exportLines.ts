import type { LinesAsked } from '../../shared/contracts/money/ledger.js';
import { moreCsv, toCsv, type CsvRow } from '../../shared/csv.js';
import { limits } from '../../shared/limits.js';
import { writeAmount } from '../../shared/money.js';
import type { LedgerEntryDocument } from '../models/money/ledgerEntry.js';
import { readPage } from './readPage.js';

const head = ['occurred_at', 'stream', 'kind', 'label', 'note', 'currency', 'amount', 'amount_minor', 'order_id', 'workshop_id', 'source', 'id'];

/**
 * The lines that are meant as a CSV file, in parts: the first has the head. Amounts are signed, with the currency's decimals for
 * people and in its minor unit for programs; times are ISO 8601 in UTC; `source` is what it is at Stripe, or the entry made by hand.
 */
export async function exportLines(input: LinesAsked): Promise<{ text: string; next: string | null }> {
  const { entries, next } = await readPage(input, limits.ledgerExportPage);
  const rows = entries.map(rowOf);
  return { text: input.after === undefined ? toCsv([head, ...rows]) : moreCsv(rows), next };
}

function rowOf({ _id, occurredAt, stream, kind, label, note = '', currency, amount, orderId, workshopId, source }: LedgerEntryDocument): CsvRow {
  return [
    occurredAt.toISOString(), stream, kind, label, note, currency.toUpperCase(), { decimal: writeAmount(amount, currency) }, amount,
    orderId && String(orderId), workshopId && String(workshopId), source, String(_id),
  ];
}
