/** One order of the member's. */
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { routeKey, useRouteQuery } from '../api/useRoute.js';
import { tickets, type OrderView } from '../../shared/contracts/tickets.js';

/** While an order is open the server is asked this often: it compares the order with the payment service. Milliseconds. */
const openEvery = 4_000;

/** The order as it truly is; an open one is asked for again until it has moved on, should the push be lost. */
export function useOrder(orderId: string): UseQueryResult<OrderView> {
  const known = useQueryClient().getQueryData<OrderView>(routeKey(tickets.order, { orderId }));
  return useRouteQuery(tickets.order, { orderId }, { refetchInterval: known?.state === 'open' ? openEvery : false, staleTime: 0 });
}
