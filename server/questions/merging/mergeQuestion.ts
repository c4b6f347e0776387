import type { MergeQuestion, QuestionState, QuestionView } from '../../../shared/contracts/live/questions.js';
import { AppError } from '../../../shared/failures.js';
import type { Actor } from '../../access/actor.js';
import { accessQuestion, isPublic } from '../../access/questions/accessQuestion.js';
import type { Deps } from '../../deps.js';
import { readMerges } from '../../models/questions/merges.js';
import { Question, type QuestionFacts } from '../../models/questions/question.js';
import { sendMergeLetters } from './mergeLetter.js';

/** A question that was dealt with already is no duplicate any more; and none goes where the audience would lose sight of it. */
const mergeable: readonly QuestionState[] = ['pending', 'approved'];

/**
 * Shows the later asked of two questions in the earlier, whose votes are from then on those of both: a member who voted for
 * both counts once. The later one keeps what it is, so that unmerging gives it back as it was; its askers see where it went, and are written to where they are elsewhere.
 * That always the earlier one stays keeps hosts who merge at the same moment from leading two questions into each other.
 *
 * @throws workshop.not_found | question.not_found
 * @throws question.wrong_state - they are one question, the later one was dealt with, or the earlier one is not seen by those who see the later.
 */
export async function mergeQuestion(deps: Deps, actor: Actor, { workshopId, questionId, withId }: MergeQuestion): Promise<QuestionView> {
  const { rootOf, familyOf } = await readMerges(workshopId);
  const found = await Promise.all([questionId, withId].map((id) => accessQuestion(actor, { workshopId, questionId: rootOf(id) }, 'host', deps.now())));
  const [into, later] = found.map(({ question }) => question).toSorted(byAge);
  const [first] = found;
  if (!into || !later || !first) throw new AppError('question.not_found');
  // They are one already: a second host, or a retry, is told so.
  if (String(into._id) === String(later._id)) {
    if (questionId === withId) throw new AppError('question.wrong_state', { state: into.state });
    return deps.queueNews.changed(String(into._id), isPublic(into));
  }
  if (!mergeable.includes(later.state) || into.state === 'dismissed' || (isPublic(later) && !isPublic(into))) throw new AppError('question.wrong_state', { state: later.state });
  const merged = await Question.changeFrom(later, { mergedIntoId: into._id }, deps.now());
  if (!merged) return mergeQuestion(deps, actor, { workshopId, questionId, withId });
  const view = await tellBoth(deps, later, String(into._id));
  await sendMergeLetters(deps, first.workshop, familyOf(String(later._id)), into);
  return view;
}

/** Tells what became of the one, and then of the one it is seen in. */
async function tellBoth(deps: Deps, later: QuestionFacts, intoId: string): Promise<QuestionView> {
  await deps.queueNews.changed(String(later._id), isPublic(later));
  return deps.queueNews.changed(intoId, true);
}

const byAge = (one: QuestionFacts, other: QuestionFacts): number => one.askedAt.getTime() - other.askedAt.getTime() || String(one._id).localeCompare(String(other._id));
