/** The line to the stage, measured once as soon as it can be, and again when asked. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LineMeasure } from './lineVerdict.js';
import type { StageClient } from '../stage/stageClient.js';

export type LineCheck =
  /** There is no road yet, or it is being measured. */
  | { state: 'measuring' }
  /** `measure` is null where no road was found. */
  | { state: 'measured'; measure: LineMeasure | null }
  | { state: 'failed'; error: unknown };

/** @param isReady the stage has been joined. */
export function useLineCheck(stage: StageClient, isReady: boolean): { check: LineCheck; again: () => void } {
  const [check, setCheck] = useState<LineCheck>({ state: 'measuring' });
  const turn = useRef(0);
  const again = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    setCheck({ state: 'measuring' });
    const show = (next: LineCheck) => mine === turn.current && setCheck(next);
    stage.measureLine().then((measure) => show({ state: 'measured', measure }), (error: unknown) => show({ state: 'failed', error }));
  }, [stage]);
  useEffect(() => {
    if (isReady) again();
    return () => {
      turn.current += 1;
    };
  }, [isReady, again]);
  return { check, again };
}
