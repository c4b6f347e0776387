/** All roads to the server, tried one after the other so that none takes the line from another. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LineMeasure } from '../media/line/lineVerdict.js';
import { tryRoad, type RoadTrial } from '../media/line/tryRoad.js';

export type RoadName = LineMeasure['road'];

export type Trial = { state: 'waiting' } | { state: 'trying' } | { state: 'tried'; result: RoadTrial } | { state: 'failed'; error: unknown };

export type Trials = Partial<Record<RoadName, Trial>>;

/** @param roads - those there are to try, in this order; null while that is not known. */
export function useTrials(roads: readonly RoadName[] | null): { trials: Trials; isOver: boolean; again: () => void } {
  const [trials, setTrials] = useState<Trials>({});
  const turn = useRef(0);
  const again = useCallback(() => {
    if (!roads) return;
    turn.current += 1;
    const mine = turn.current;
    const show = (road: RoadName, trial: Trial) => mine === turn.current && setTrials((known) => ({ ...known, [road]: trial }));
    const tryAll = async () => {
      for (const road of roads) {
        if (mine !== turn.current) return;
        show(road, { state: 'trying' });
        await tryRoad(road).then((result) => show(road, { state: 'tried', result }), (error: unknown) => show(road, { state: 'failed', error }));
      }
    };
    setTrials(Object.fromEntries(roads.map((road) => [road, { state: 'waiting' }])));
    void tryAll();
  }, [roads]);
  useEffect(() => {
    again();
    return () => {
      turn.current += 1;
    };
  }, [again]);
  const all = Object.values(trials);
  return { trials, isOver: all.length > 0 && all.every(({ state }) => state === 'tried' || state === 'failed'), again };
}
