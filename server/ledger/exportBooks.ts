import type { LedgerSums, OfYear } from '../../shared/contracts/money/ledger.js';
import { toCsv, type CsvRow } from '../../shared/csv.js';
import { writeAmount } from '../../shared/money.js';
import { showBooks } from './showBooks.js';

const sumNames = ['gross', 'refunds', 'disputes', 'fees', 'net'] as const;

/**
 * The sums as a CSV file, under the contract's names: per currency the total, then each stream, month and workshop. Each sum is there
 * with the currency's decimals, for people, and in its minor unit (`…_minor`), for programs.
 */
export async function exportBooks(input: OfYear): Promise<{ text: string }> {
  const { currencies } = await showBooks(input);
  const head = ['of', 'key', 'name', 'currency', ...sumNames, ...sumNames.map((name) => `${name}_minor`)];
  const rows = currencies.flatMap(({ currency, total, streams, months, workshops }) => {
    const row = (of: string, key: string, name: string, sums: LedgerSums): CsvRow => [
      of, key, name, currency.toUpperCase(), ...sumNames.map((each) => ({ decimal: writeAmount(sums[each], currency) })), ...sumNames.map((each) => sums[each]),
    ];
    return [
      row('total', input.year ?? '', '', total),
      ...streams.map((one) => row('stream', one.stream, '', one)),
      ...months.map((one) => row('month', one.month, '', one)),
      ...workshops.map((one) => row('workshop', one.workshopId, one.title, one)),
    ];
  });
  return { text: toCsv([head, ...rows]) };
}
