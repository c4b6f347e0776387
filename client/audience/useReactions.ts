/** What the audience shows, for as long as it is to be seen. */
import { useCallback, useEffect, useState } from 'react';
import { on } from '../api/socket.js';
import { audience, type Reaction } from '../../shared/contracts/live/audience.js';

/** One sign on its way up. `lane` (0 to 1) is how far to the right, `delay` how long it waits: milliseconds. */
export interface Float {
  id: number;
  reaction: Reaction;
  lane: number;
  delay: number;
}

/** So many of one kind rise at most from one telling: more says no more. */
const risingAtOnce = 5;
/** So many are in the air at most. */
const inTheAir = 24;
/** One telling gathers so long; what it tells rises spread over it. Milliseconds. */
const spread = 500;

let nextId = 1;

export function useReactions(workshopId: string): { floats: readonly Float[]; land: (id: number) => void } {
  const [floats, setFloats] = useState<readonly Float[]>([]);
  useEffect(
    () =>
      on(audience.reacted, (told) => {
        if (told.workshopId !== workshopId) return;
        const rising = told.counts.flatMap(({ reaction, count }) =>
          Array.from({ length: Math.min(count, risingAtOnce) }, () => ({ id: (nextId += 1), reaction, lane: Math.random(), delay: Math.random() * spread })));
        setFloats((now) => [...now, ...rising].slice(-inTheAir));
      }),
    [workshopId],
  );
  const land = useCallback((id: number) => setFloats((now) => now.filter((each) => each.id !== id)), []);
  return { floats, land };
}
