import type { OneQuestion, QuestionView } from '../../shared/contracts/questions.js';
import { AppError } from '../../shared/failures.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { isDuplicate } from '../models/duplicate.js';
import { Question, type QuestionDocument } from '../models/question.js';
import { findToModerate, stepOn, viewOne, type Step } from './moderateQuestion.js';

const onAir: Step = { to: 'answering', from: ['pending', 'approved', 'answered'] };
const offAir: Step = { to: 'answered', from: ['answering'] };

/** How often one host gives way to another who takes a question on air in the same moment. */
const tries = 8;

/**
 * Takes a question on air; the one that was on air becomes answered first. The store refuses a second one on air, so when
 * two hosts choose at once, the later of the two stays.
 *
 * @throws workshop.not_found | question.not_found
 * @throws question.wrong_state - it was dismissed.
 * @throws server.busy - other hosts kept choosing others.
 */
export async function answerNow(deps: Deps, actor: Actor, input: OneQuestion): Promise<QuestionView> {
  for (let left = tries; left > 0; left -= 1) {
    const question = await findToModerate(deps, actor, input);
    if (question.state === 'answering') return viewOne(question);
    if (!onAir.from.includes(question.state)) throw new AppError('question.wrong_state', { state: question.state });
    const standing = await Question.findOne({ workshopId: input.workshopId, state: 'answering' }).lean();
    if (standing) await stepOn(deps, standing, offAir);
    const taken = await takeOnAir(deps, question);
    if (taken) return taken;
  }
  throw new AppError('server.busy');
}

/** Null when another question is on air, or this one has changed. */
async function takeOnAir(deps: Deps, question: QuestionDocument): Promise<QuestionView | null> {
  try {
    return await stepOn(deps, question, onAir);
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
}
