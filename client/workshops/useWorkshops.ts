/** Workshops as they stand: asked once, then kept true by what is told. */
import { useQueryClient, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { on, onConnected } from '../api/socket.js';
import { useSession } from '../api/session.js';
import { routeKey, useRouteQuery } from '../api/useRoute.js';
import { community } from '../../shared/contracts/community.js';
import { rights } from '../../shared/contracts/rights.js';
import { tickets } from '../../shared/contracts/tickets.js';
import { workshops, type WorkshopFacts, type WorkshopView } from '../../shared/contracts/workshops.js';

/** A visitor has no live connection; they ask again this often. Milliseconds. */
const visitorEvery = 30_000;

/** All workshops, the next first, the past ones after them from the newest. */
export function useWorkshops(): UseQueryResult<WorkshopView[]> {
  useWorkshopNews();
  return useRouteQuery(workshops.list, {}, { refetchInterval: useVisitorInterval() });
}

/** One workshop, and how one stands to it. */
export function useWorkshop(workshopId: string): UseQueryResult<WorkshopView> {
  useWorkshopNews();
  return useRouteQuery(workshops.show, { workshopId }, { refetchInterval: useVisitorInterval() });
}

function useVisitorInterval(): number | false {
  return useSession().status === 'out' ? visitorEvery : false;
}

function useWorkshopNews(): void {
  const client = useQueryClient();
  useEffect(() => {
    const askAgain = () => {
      void client.invalidateQueries({ queryKey: routeKey(workshops.list) });
      void client.invalidateQueries({ queryKey: routeKey(workshops.show) });
    };
    const off = [
      on(workshops.changed, (facts) => putFacts(client, facts)),
      // The asking member's own standing is not part of the facts.
      on(rights.changed, askAgain),
      on(tickets.orderChanged, askAgain),
      on(community.resync, askAgain),
      onConnected(askAgain),
    ];
    return () => off.forEach((stop) => stop());
  }, [client]);
}

function putFacts(client: QueryClient, facts: WorkshopFacts): void {
  client.setQueryData<WorkshopView>(routeKey(workshops.show, { workshopId: facts.id }), (known) => known && { ...known, ...facts });
  const list = client.getQueryData<WorkshopView[]>(routeKey(workshops.list, {}));
  if (list?.some((each) => each.id === facts.id)) {
    client.setQueryData<WorkshopView[]>(routeKey(workshops.list, {}), list.map((each) => (each.id === facts.id ? { ...each, ...facts } : each)));
  } else void client.invalidateQueries({ queryKey: routeKey(workshops.list) });
}
