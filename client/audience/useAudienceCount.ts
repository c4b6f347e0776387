/** How many members are in the workshop now, as the house counts them over all its nodes. */
import { useEffect, useState } from 'react';
import { call, on } from '../api/socket.js';
import { audience } from '../../shared/contracts/live/audience.js';

/**
 * Null until it is known.
 *
 * @param entries rises with each entering of the workshop; with each it is asked for again.
 */
export function useAudienceCount(workshopId: string, entries: number): number | null {
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    const off = on(audience.counted, (told) => {
      if (told.workshopId === workshopId) setCount(told.count);
    });
    const ask = async () => {
      try {
        setCount((await call(audience.show, { workshopId })).count);
      } catch {
        // A count that could not be asked for is not shown; the next telling brings it.
      }
    };
    if (entries > 0) void ask();
    return off;
  }, [workshopId, entries]);
  return count;
}
