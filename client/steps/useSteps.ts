/** The steps of a workshop, kept true while one is in it. */
import { steps, type StepBoard, type StepList, type StepsView } from '../../shared/contracts/live/steps.js';
import { call, on } from '../api/socket.js';
import { useTold } from '../api/useTold.js';
import { marks } from './marks.js';
import { hearBoard, hearList, hearMark } from './stepBook.js';

export interface Steps {
  /** Null until it is known. */
  view: StepsView | null;
  /** Why it could not be asked for, or null. */
  error: unknown;
  /** Take what a call answered, ahead of the push that tells everybody. */
  takeList: (list: StepList) => void;
  takeBoard: (board: StepBoard) => void;
}

/** @param entries rises with each entering of the workshop; with each everything is asked for again. */
export function useSteps(workshopId: string, entries: number): Steps {
  const { value, error, apply } = useTold<StepsView>(
    entries,
    () => call(steps.list, { workshopId }),
    (told) => [
      on(steps.changed, (list) => {
        if (list.workshopId === workshopId) told((view) => hearList(view, list));
      }),
      on(steps.marked, ({ workshopId: where, mark }) => {
        if (where === workshopId) told((view) => hearMark(view, mark));
      }),
      on(steps.counted, (board) => {
        if (board.workshopId === workshopId) told((view) => hearBoard(view, board));
      }),
      marks.onTaken((_press, mark) => told((view) => hearMark(view, mark))),
    ],
  );
  return { view: value, error, takeList: (list) => apply((view) => hearList(view, list)), takeBoard: (board) => apply((view) => hearBoard(view, board)) };
}
