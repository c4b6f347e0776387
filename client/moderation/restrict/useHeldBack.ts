import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { moderation, type MyRestriction } from '../../../shared/contracts/moderation.js';
import { rooms } from '../../../shared/contracts/rooms.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { routeKey, useRouteQuery } from '../../api/useRoute.js';

const none: readonly MyRestriction[] = [];
/** The longest that a timer can wait. */
const timerMaxMs = 2 ** 31 - 1;

/** What holds me back now. Each ends by its time, told or not: then the doors it closed are asked again. */
export function useHeldBack(): readonly MyRestriction[] {
  const queries = useQueryClient();
  const held = useRouteQuery(moderation.mine, {}).data ?? none;
  const ends = held.flatMap(({ until }) => (until === null ? [] : [Date.parse(until)]));
  const nextEnd = ends.length === 0 ? null : Math.min(...ends);
  useEffect(() => {
    if (nextEnd === null) return undefined;
    const ask = (): void => {
      for (const route of [moderation.mine, rooms.list, workshops.list, workshops.show]) void queries.invalidateQueries({ queryKey: routeKey(route) });
    };
    // A little later, for the server's clock may be behind this one.
    const timer = setTimeout(ask, Math.min(timerMaxMs, Math.max(0, nextEnd - Date.now()) + 1_000));
    return () => clearTimeout(timer);
  }, [queries, nextEnd]);
  return held;
}
