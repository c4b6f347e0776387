import { useInfiniteQuery } from '@tanstack/react-query';
import { request } from '../../api/http.js';
import { routeKey } from '../../api/useRoute.js';
import { ledger, type LedgerFilter } from '../../../shared/contracts/money/ledger.js';

/** The lines that fit, page by page. */
export function useLines(filter: LedgerFilter) {
  return useInfiniteQuery({
    queryKey: routeKey(ledger.lines, filter),
    queryFn: ({ pageParam, signal }) => request(ledger.lines, { ...filter, after: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  });
}

/** The lines that fit, all of them, as one CSV file that comes in parts. */
export async function readLinesCsv(filter: LedgerFilter): Promise<string> {
  const parts: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const part: { text: string; next: string | null } = await request(ledger.exportLines, { ...filter, after });
    parts.push(part.text);
    after = part.next;
  }
  return parts.join('');
}
