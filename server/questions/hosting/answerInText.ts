import { Types } from 'mongoose';
import type { AnswerQuestion, QuestionState, QuestionView } from '../../../shared/contracts/live/questions.js';
import { AppError } from '../../../shared/failures.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { sendAnswerLetter } from './answerLetter.js';
import { findUnmerged, stepOn } from './moderateQuestion.js';
import { viewForHosts } from './viewForHosts.js';

const from: readonly QuestionState[] = ['pending', 'approved', 'answering', 'answered'];

/**
 * Answers a question in writing, before, in or after the workshop, or writes the answer anew. The first answer is also
 * sent to whoever asked it by mail: they may be elsewhere by now. The same answer again is a retry, and changes nothing.
 *
 * @throws workshop.not_found | question.not_found
 * @throws question.wrong_state - it was dismissed, or is merged into another.
 */
export async function answerInText(deps: Deps, actor: Actor, input: AnswerQuestion): Promise<QuestionView> {
  const { workshop, question } = await findUnmerged(deps, actor, input, 'host');
  if (!from.includes(question.state)) throw new AppError('question.wrong_state', { state: question.state });
  if (question.state === 'answered' && question.answer?.text === input.text) return viewForHosts(question);
  const answer = { text: input.text, byId: new Types.ObjectId(actor.memberId), at: deps.now() };
  const answered = await stepOn(deps, question, 'answered', { answer });
  if (!answered) return answerInText(deps, actor, input);
  if (!question.answer) await sendAnswerLetter(deps, workshop, answered);
  return answered;
}
