import type { Deps } from '../deps.js';
import { StepList } from '../models/steps/stepList.js';
import { StepMark } from '../models/steps/stepMark.js';

/** For a member's data export: their marks at the steps of workshops, oldest first. */
export async function tellOfSteps(_deps: Deps, memberId: string): Promise<unknown> {
  const marks = await StepMark.find({ memberId }).sort({ since: 1, _id: 1 }).lean();
  const lists = await StepList.find({ _id: { $in: [...new Set(marks.map(({ workshopId }) => String(workshopId)))] } }).lean();
  const textOf = new Map(lists.flatMap(({ steps }) => steps.map(({ id, text }) => [id, text])));
  // Of a step that was taken from the list since, the mark is still theirs.
  return marks.map(({ workshopId, stepId, state, note, since }) => ({ workshopId, step: textOf.get(stepId) ?? null, state, note, since }));
}
