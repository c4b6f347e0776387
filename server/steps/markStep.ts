import { steps, type MarkStep, type MyMark } from '../../shared/contracts/live/steps.js';
import { AppError } from '../../shared/failures.js';
import { accessWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { StepList } from '../models/steps/stepList.js';
import { StepMark } from '../models/steps/stepMark.js';
import { insideChannel } from '../realtime/channels.js';
import { viewMark } from './steps.views.js';

/**
 * Marks a step as done or open, or says that one is stuck at it: then one waits in the help queue, which only hosts see.
 *
 * A retry carries the same `clientMarkId`; it gets the mark as it stands now, and changes nothing.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws step.not_found - not on the list.
 */
export async function markStep(deps: Deps, actor: Actor, { workshopId, stepId, ...press }: MarkStep): Promise<MyMark> {
  await accessWorkshop(actor, workshopId, 'enter', deps.now());
  if (!(await StepList.exists({ _id: workshopId, 'steps.id': stepId }))) throw new AppError('step.not_found');
  const { mark, isNew } = await StepMark.press({ workshopId, stepId, memberId: actor.memberId }, press, deps.now());
  const view = viewMark(mark);
  if (!isNew) return view;
  deps.publish(insideChannel(workshopId, actor.memberId), steps.marked, { workshopId, mark: view });
  deps.stepNews.moved(workshopId);
  return view;
}
