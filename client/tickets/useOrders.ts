/** The member's orders, kept true by what is told. */
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { on, onConnected } from '../api/socket.js';
import { routeKey, useRouteQuery } from '../api/useRoute.js';
import { tickets, type OrderView } from '../../shared/contracts/tickets.js';

/** While an order is open the server is asked this often: it compares the order with the payment service. Milliseconds. */
const openEvery = 4_000;

/** One order; an open one is asked for again until it has moved on. */
export function useOrder(orderId: string): UseQueryResult<OrderView> {
  useOrderNews();
  const known = useQueryClient().getQueryData<OrderView>(routeKey(tickets.order, { orderId }));
  return useRouteQuery(tickets.order, { orderId }, { refetchInterval: known?.state === 'open' ? openEvery : false });
}

/** All orders of the member, the newest first. */
export function useMyOrders(): UseQueryResult<OrderView[]> {
  useOrderNews();
  return useRouteQuery(tickets.mine, {});
}

function useOrderNews(): void {
  const client = useQueryClient();
  useEffect(() => {
    const off = [
      on(tickets.orderChanged, (order) => {
        client.setQueryData(routeKey(tickets.order, { orderId: order.id }), order);
        void client.invalidateQueries({ queryKey: routeKey(tickets.mine) });
      }),
      onConnected(() => {
        void client.invalidateQueries({ queryKey: routeKey(tickets.order) });
        void client.invalidateQueries({ queryKey: routeKey(tickets.mine) });
      }),
    ];
    return () => off.forEach((stop) => stop());
  }, [client]);
}
