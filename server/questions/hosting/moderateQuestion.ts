import type { OneQuestion, QuestionState, QuestionView } from '../../../shared/contracts/live/questions.js';
import { AppError } from '../../../shared/failures.js';
import type { Actor } from '../../access/actor.js';
import { accessQuestion, isPublic } from '../../access/questions/accessQuestion.js';
import type { Deps } from '../../deps.js';
import { Question, type QuestionDocument, type QuestionFacts } from '../../models/questions/question.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import { viewForHosts } from './viewForHosts.js';

/** One step of a question's life: where it leads, from where it may be taken, and by whom. */
export interface Step {
  to: QuestionState;
  from: readonly QuestionState[];
  by: 'moderate' | 'host';
}

/**
 * Takes a step with a question and tells whoever may see it. A question that is there already stays as it is: a
 * second host, or a retry, is told so.
 *
 * @throws workshop.not_found - absent, or not this actor's to host or moderate.
 * @throws question.not_found - not in this workshop.
 * @throws question.wrong_state - the step does not start from the state it is in, or it is merged into another.
 */
export async function moderateQuestion(deps: Deps, actor: Actor, input: OneQuestion, step: Step): Promise<QuestionView> {
  const { question } = await findUnmerged(deps, actor, input, step.by);
  if (question.state === step.to) return viewForHosts(question);
  if (!step.from.includes(question.state)) throw new AppError('question.wrong_state', { state: question.state });
  // Where another host was faster, the step may yet be taken from where the question is now.
  return (await stepOn(deps, question, step.to)) ?? moderateQuestion(deps, actor, input, step);
}

/**
 * A question that is its own, which this actor may host or moderate.
 *
 * @throws workshop.not_found | question.not_found | question.wrong_state
 */
export async function findUnmerged(deps: Deps, actor: Actor, input: OneQuestion, by: Step['by']): Promise<{ workshop: WorkshopDocument; question: QuestionFacts }> {
  const found = await accessQuestion(actor, input, by, deps.now());
  if (found.question.mergedIntoId) throw new AppError('question.wrong_state', { state: 'merged' });
  return found;
}

/** Moves a question on from where it was read, and tells of it; null when it has changed since. */
export function stepOn(deps: Deps, question: QuestionFacts, to: QuestionState, also: Partial<QuestionDocument> = {}): Promise<QuestionView | null> {
  return changeRead(deps, question, { state: to, ...stampsOf(to, deps.now()), ...also });
}

/** Changes a question from what was read, and tells of it; null when it has changed since. */
export async function changeRead(deps: Deps, question: QuestionFacts, set: Partial<QuestionDocument>): Promise<QuestionView | null> {
  const changed = await Question.changeFrom(question, set, deps.now());
  return changed && deps.queueNews.changed(String(question._id), isPublic(question));
}

/** What a state tells of times: a question that is brought back, or taken on air again, has not been answered. */
function stampsOf(to: QuestionState, now: Date): Partial<QuestionDocument> {
  if (to === 'answering') return { answeringAt: now, answeredAt: null };
  if (to === 'answered') return { answeredAt: now };
  return to === 'dismissed' ? {} : { answeringAt: null, answeredAt: null };
}
