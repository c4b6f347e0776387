/** Steps and marks as the contract shows them. */
import type { MyMark, StepList as StepListView } from '../../shared/contracts/live/steps.js';
import type { StepListDocument } from '../models/steps/stepList.js';
import type { StepMarkDocument } from '../models/steps/stepMark.js';

/** The checklist; null is one that nobody has written yet. */
export function viewSteps(workshopId: string, list: StepListDocument | null): StepListView {
  return { workshopId, version: list?.version ?? 0, steps: list?.steps ?? [] };
}

/** A member's own mark, to themselves. */
export function viewMark({ stepId, state, note, version }: StepMarkDocument): MyMark {
  return { stepId, state, note, version };
}
