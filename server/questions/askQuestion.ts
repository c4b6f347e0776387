import type { AskQuestion, QuestionView } from '../../shared/contracts/questions.js';
import { AppError } from '../../shared/failures.js';
import { accessWorkshop } from '../access/accessWorkshop.js';
import { viewPerson, type Actor } from '../access/actor.js';
import { refuseTimedOut } from '../access/moderation/restrictions.js';
import type { Deps } from '../deps.js';
import { Question } from '../models/question.js';
import { viewQuestion } from './questions.views.js';
import { tellQuestion } from './tellQuestion.js';

/**
 * Asks a question, before a workshop or while it is live. It waits until a host lets it be seen.
 *
 * A retry carries the same `clientQuestionId`; it gets the stored question back, and nobody hears twice.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws member.timed_out - they may not speak in its room for a while.
 * @throws workshop.wrong_state - it is over, or was cancelled.
 */
export async function askQuestion(deps: Deps, actor: Actor, input: AskQuestion): Promise<QuestionView> {
  const workshop = await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  const key = { workshopId: input.workshopId, askerId: actor.memberId, clientQuestionId: input.clientQuestionId };
  const asked = await Question.findOne(key).lean();
  if (asked) return viewQuestion(asked, viewPerson(actor));
  refuseTimedOut(actor, String(workshop.roomId), deps.now());
  if (workshop.state !== 'scheduled' && workshop.state !== 'live') throw new AppError('workshop.wrong_state', { state: workshop.state });

  const { question, isNew } = await Question.askOnce({ ...key, text: input.text, askedAt: deps.now() });
  const view = viewQuestion(question, viewPerson(actor));
  if (isNew) tellQuestion(deps, view, null);
  return view;
}
