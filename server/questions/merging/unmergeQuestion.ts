import type { OneQuestion, QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Actor } from '../../access/actor.js';
import { accessQuestion, isPublic } from '../../access/questions/accessQuestion.js';
import type { Deps } from '../../deps.js';
import { readMerges } from '../../models/questions/merges.js';
import { Question } from '../../models/questions/question.js';
import { viewForHosts } from '../hosting/viewForHosts.js';

/**
 * Makes a merged question one of its own again, as it was: with its state and its own votes. One that is not merged stays as it is.
 *
 * @throws workshop.not_found | question.not_found
 */
export async function unmergeQuestion(deps: Deps, actor: Actor, input: OneQuestion): Promise<QuestionView> {
  const { question } = await accessQuestion(actor, input, 'host', deps.now());
  if (!question.mergedIntoId) return viewForHosts(question);
  const { rootOf } = await readMerges(input.workshopId);
  const root = rootOf(input.questionId);
  const unmerged = await Question.changeFrom(question, { mergedIntoId: null }, deps.now());
  if (!unmerged) return unmergeQuestion(deps, actor, input);
  await deps.queueNews.changed(root, true);
  return deps.queueNews.changed(input.questionId, isPublic(question));
}
