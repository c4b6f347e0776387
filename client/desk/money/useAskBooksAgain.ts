import { useQueryClient } from '@tanstack/react-query';
import { routeKey } from '../../api/useRoute.js';
import type { Route } from '../../../shared/define.js';
import { ledger } from '../../../shared/contracts/money/ledger.js';

const routes: readonly Route[] = [ledger.books, ledger.lines, ledger.since];

/** Asks for sums and lines again, after one was entered here. */
export function useAskBooksAgain(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const route of routes) void queries.invalidateQueries({ queryKey: routeKey(route) });
  };
}
