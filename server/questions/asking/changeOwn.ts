import type { OneQuestion, QuestionView } from '../../../shared/contracts/live/questions.js';
import { AppError } from '../../../shared/failures.js';
import type { Actor } from '../../access/actor.js';
import { accessQuestion } from '../../access/questions/accessQuestion.js';
import type { Deps } from '../../deps.js';
import { readMerges } from '../../models/questions/merges.js';
import { Question, type QuestionDocument } from '../../models/questions/question.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import { forAsker } from '../questions.views.js';

/**
 * Changes an own question that is pending. Whatever a host does with it at the same moment comes first or last, never in between.
 *
 * @param refuse - throws where the actor may not.
 * @throws workshop.not_found | question.not_found | question.wrong_state
 */
export async function changeOwn(deps: Deps, actor: Actor, input: OneQuestion, set: Partial<QuestionDocument>, refuse: (workshop: WorkshopDocument) => void = () => {}): Promise<QuestionView> {
  const { workshop, question } = await accessQuestion(actor, input, 'own', deps.now());
  refuse(workshop);
  if (question.state !== 'pending') throw new AppError('question.wrong_state', { state: question.state });
  // Others are seen in this one, or it is seen in another: it is no longer its asker's alone.
  if (question.mergedIntoId || (await readMerges(input.workshopId)).familyOf(input.questionId).length > 1) throw new AppError('question.wrong_state', { state: 'merged' });
  const changed = await Question.changeFrom(question, set, deps.now());
  if (!changed) return changeOwn(deps, actor, input, set, refuse);
  return forAsker(await deps.queueNews.changed(input.questionId, false));
}
