import { steps, type SaveSteps, type Step, type StepList as StepListView } from '../../shared/contracts/live/steps.js';
import { AppError } from '../../shared/failures.js';
import { accessWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { StepList } from '../models/steps/stepList.js';
import { workshopChannel } from '../realtime/channels.js';
import { viewSteps } from './steps.views.js';

/**
 * Writes the checklist anew. Marks stay with their steps, which keep their ids; those of a step that is taken out are not
 * counted, and are there again when it comes back. A list that is so already stays as it is: a retry is told so.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws steps.changed_since - another host changed the list after this one read it.
 */
export async function saveSteps(deps: Deps, actor: Actor, { workshopId, version, steps: wanted }: SaveSteps): Promise<StepListView> {
  await accessWorkshop(actor, workshopId, 'host', deps.now());
  const saved = await StepList.rewrite(workshopId, version, wanted, deps.now());
  if (!saved) {
    const standing = await StepList.findById(workshopId).lean();
    if (!standing || !areSame(standing.steps, wanted)) throw new AppError('steps.changed_since');
    return viewSteps(workshopId, standing);
  }
  const view = viewSteps(workshopId, saved);
  deps.publish(workshopChannel(workshopId), steps.changed, view);
  deps.stepNews.moved(workshopId);
  return view;
}

function areSame(standing: readonly Step[], wanted: readonly Step[]): boolean {
  return standing.length === wanted.length && standing.every(({ id, text }, place) => id === wanted[place]?.id && text === wanted[place].text);
}
