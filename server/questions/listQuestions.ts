import { publicQuestionStates, type QuestionView } from '../../shared/contracts/questions.js';
import { accessWorkshop, judgeWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Question } from '../models/question.js';
import { viewQuestions } from './questions.views.js';

/**
 * The queue as this actor may see it, oldest first: hosts see all, others what is public and what they asked themselves.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 */
export async function listQuestions(deps: Deps, actor: Actor, input: { workshopId: string }): Promise<QuestionView[]> {
  const workshop = await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  const { canHost } = await judgeWorkshop(actor, workshop, deps.now());
  const mayBeSeen = canHost ? {} : { $or: [{ state: { $in: [...publicQuestionStates] } }, { askerId: actor.memberId }] };
  return viewQuestions(await Question.find({ workshopId: input.workshopId, ...mayBeSeen }).sort({ askedAt: 1, _id: 1 }).lean());
}
