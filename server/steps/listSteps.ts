import type { StepsView } from '../../shared/contracts/live/steps.js';
import { accessWorkshop, judgeWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { StepList } from '../models/steps/stepList.js';
import { StepMark } from '../models/steps/stepMark.js';
import { readBoard } from './readBoard.js';
import { viewMark, viewSteps } from './steps.views.js';

/**
 * The checklist with this actor's own marks; for hosts also how the work goes.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 */
export async function listSteps(deps: Deps, actor: Actor, { workshopId }: { workshopId: string }): Promise<StepsView> {
  const workshop = await accessWorkshop(actor, workshopId, 'enter', deps.now());
  const { canHost } = await judgeWorkshop(actor, workshop, deps.now());
  const [list, marks, board] = await Promise.all([
    StepList.findById(workshopId).lean(),
    StepMark.find({ workshopId, memberId: actor.memberId }).lean(),
    canHost ? readBoard(workshopId) : null,
  ]);
  const mine = (list?.steps ?? []).flatMap(({ id }) => marks.find(({ stepId }) => stepId === id) ?? []);
  return { list: viewSteps(workshopId, list), mine: mine.map(viewMark), board };
}
