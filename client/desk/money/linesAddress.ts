/** The address of a list of ledger lines: what is filtered by stands in it, so that it can be gone back to and sent on. */
import { LedgerFilter } from '../../../shared/contracts/money/ledger.js';

/** Where the lines are shown that fit. */
export function linesAddress(filter: LedgerFilter): string {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given).toString();
  return query === '' ? '/desk/money/lines' : `/desk/money/lines?${query}`;
}

/** What an address filters by; one that is none of ours shows all lines. */
export function readLinesAddress(search: URLSearchParams): LedgerFilter {
  const read = LedgerFilter.safeParse(Object.fromEntries(search));
  return read.success ? read.data : {};
}
