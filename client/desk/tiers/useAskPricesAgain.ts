import { useQueryClient } from '@tanstack/react-query';
import { routeKey } from '../../api/useRoute.js';
import { community } from '../../../shared/contracts/community.js';
import { prices } from '../../../shared/contracts/memberships/prices.js';
import { tiers } from '../../../shared/contracts/tiers.js';

/** Asks again for all that tells of tiers and prices, after one was changed. */
export function useAskPricesAgain(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const route of [prices.list, tiers.list, community.show]) void queries.invalidateQueries({ queryKey: routeKey(route) });
  };
}
