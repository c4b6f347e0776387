/** What is known of a workshop's steps: of the list, of each mark and of the board the newest, whatever the order in which news arrives. Pure. */
import type { MyMark, StepBoard, StepList, StepsView } from '../../shared/contracts/live/steps.js';

/** Takes the list as it was told; an older one than is known changes nothing. */
export function hearList(view: StepsView, list: StepList): StepsView {
  if (list.version < view.list.version) return view;
  return { ...view, list, mine: inOrder(list, view.mine) };
}

/** Takes one of the member's own marks, as they or a host set it. */
export function hearMark(view: StepsView, mark: MyMark): StepsView {
  const before = view.mine.find(({ stepId }) => stepId === mark.stepId);
  if (before && before.version >= mark.version) return view;
  return { ...view, mine: inOrder(view.list, [...view.mine.filter((other) => other !== before), mark]) };
}

/** Takes the board as it was told. Two that count as many moves differ by the list: the later told stands. */
export function hearBoard(view: StepsView, board: StepBoard): StepsView {
  return view.board && view.board.moves > board.moves ? view : { ...view, board };
}

/** The marks in the order of their steps; those of steps that are not on the list are left out. */
function inOrder({ steps }: StepList, marks: readonly MyMark[]): MyMark[] {
  return steps.flatMap(({ id }) => marks.find(({ stepId }) => stepId === id) ?? []);
}
