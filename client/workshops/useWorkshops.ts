/** Workshops as they stand. Members hear of changes over the live connection; see `api/useLiveQueries`. */
import type { UseQueryResult } from '@tanstack/react-query';
import { useSession } from '../api/session.js';
import { useRouteQuery } from '../api/useRoute.js';
import { workshops, type WorkshopView } from '../../shared/contracts/workshops.js';

/** A visitor has no live connection; they ask again this often. Milliseconds. */
const visitorEvery = 30_000;

/** All workshops, in the server's order. */
export function useWorkshops(): UseQueryResult<WorkshopView[]> {
  return useRouteQuery(workshops.list, {}, { refetchInterval: useVisitorInterval() });
}

/** One workshop, and how one stands to it. */
export function useWorkshop(workshopId: string): UseQueryResult<WorkshopView> {
  return useRouteQuery(workshops.show, { workshopId }, { refetchInterval: useVisitorInterval() });
}

function useVisitorInterval(): number | false {
  return useSession().status === 'out' ? visitorEvery : false;
}
