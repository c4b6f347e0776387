import { steps, type MarkHelped, type StepBoard } from '../../shared/contracts/live/steps.js';
import { AppError } from '../../shared/failures.js';
import { accessWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { StepMark } from '../models/steps/stepMark.js';
import { insideChannel } from '../realtime/channels.js';
import { readBoard } from './readBoard.js';
import { viewMark } from './steps.views.js';

/**
 * Takes a member out of the help queue and tells them that they were helped. One who was helped already stays so: a second
 * host, or a retry, is told so.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws step.not_found - this member has no mark there.
 * @throws step.wrong_state - they do not wait any more: they have gone on by themselves.
 */
export async function markHelped(deps: Deps, actor: Actor, { workshopId, stepId, memberId }: MarkHelped): Promise<StepBoard> {
  await accessWorkshop(actor, workshopId, 'host', deps.now());
  const key = { workshopId, stepId, memberId };
  const helped = await StepMark.help(key, deps.now());
  if (helped) {
    deps.publish(insideChannel(workshopId, memberId), steps.marked, { workshopId, mark: viewMark(helped) });
    deps.stepNews.moved(workshopId);
    return readBoard(workshopId);
  }
  const mark = await StepMark.findMark(key);
  if (!mark) throw new AppError('step.not_found');
  if (mark.state !== 'helped') throw new AppError('step.wrong_state', { state: mark.state });
  return readBoard(workshopId);
}
