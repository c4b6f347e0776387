/** What the audience showed in the last moments, counted: for those whom moving things disturb. */
import { useEffect, useState } from 'react';
import { on } from '../api/socket.js';
import { audience, type Reaction } from '../../shared/contracts/live/audience.js';

/** After so long without another they are gone. Milliseconds. */
const lingerMs = 4_000;

export type ReactionCounts = ReadonlyMap<Reaction, number>;

const none: ReactionCounts = new Map();

export function useReactionCounts(workshopId: string): ReactionCounts {
  const [counts, setCounts] = useState(none);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = on(audience.reacted, (told) => {
      if (told.workshopId !== workshopId) return;
      setCounts((now) => new Map([...now, ...told.counts.map(({ reaction, count }): [Reaction, number] => [reaction, (now.get(reaction) ?? 0) + count])]));
      clearTimeout(timer);
      timer = setTimeout(() => setCounts(none), lingerMs);
    });
    return () => {
      clearTimeout(timer);
      off();
    };
  }, [workshopId]);
  return counts;
}
