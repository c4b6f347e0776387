import type { OneQuestion, QuestionState, QuestionView } from '../../shared/contracts/questions.js';
import { AppError } from '../../shared/failures.js';
import { accessWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Question, type QuestionDocument } from '../models/question.js';
import { viewQuestions } from './questions.views.js';
import { tellQuestion } from './tellQuestion.js';

/** One step of a question's life: where it leads, and from where it may be taken. */
export interface Step {
  to: QuestionState;
  from: readonly QuestionState[];
}

/**
 * Takes a host's step with a question and tells whoever may see it. A question that is there already stays as it is: a
 * second host, or a retry, is told so.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws question.not_found - not in this workshop.
 * @throws question.wrong_state - the step does not start from the state it is in.
 */
export async function moderateQuestion(deps: Deps, actor: Actor, input: OneQuestion, step: Step): Promise<QuestionView> {
  const question = await findToModerate(deps, actor, input);
  if (question.state === step.to) return viewOne(question);
  const moved = await stepOn(deps, question, step);
  if (moved) return moved;
  const now = await findToModerate(deps, actor, input);
  if (now.state === step.to) return viewOne(now);
  // Another host was faster, and the step may be taken from where the question is now.
  if (now.version !== question.version) return moderateQuestion(deps, actor, input, step);
  throw new AppError('question.wrong_state', { state: now.state });
}

/** A question this actor may moderate. */
export async function findToModerate(deps: Deps, actor: Actor, input: OneQuestion): Promise<QuestionDocument> {
  await accessWorkshop(actor, input.workshopId, 'host', deps.now());
  const question = await Question.findOne({ _id: input.questionId, workshopId: input.workshopId }).lean();
  if (!question) throw new AppError('question.not_found');
  return question;
}

/** Moves a question on from the very state it was read in, and tells of it; null when it is no more in that state, or the step does not start there. */
export async function stepOn(deps: Deps, question: QuestionDocument, step: Step): Promise<QuestionView | null> {
  if (!step.from.includes(question.state)) return null;
  const moved = await Question.move(question._id, [question.state], step.to, deps.now());
  if (!moved) return null;
  const view = await viewOne(moved);
  tellQuestion(deps, view, question.state);
  return view;
}

/** The question as the contract shows it. */
export async function viewOne(question: QuestionDocument): Promise<QuestionView> {
  const [view] = await viewQuestions([question]);
  if (!view) throw new AppError('question.not_found');
  return view;
}
