import type { QuestionState, QuestionView, RestoreQuestion } from '../../../shared/contracts/live/questions.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { moderateQuestion } from './moderateQuestion.js';

const from: Readonly<Record<RestoreQuestion['to'], readonly QuestionState[]>> = {
  pending: ['approved', 'answering', 'answered', 'dismissed'],
  approved: ['answering', 'answered', 'dismissed'],
};

/**
 * Takes a step back: a question waits again, or waits again to be taken on air. Its votes stay with it.
 *
 * @throws workshop.not_found | question.not_found
 * @throws question.wrong_state - it never was there.
 */
export function restoreQuestion(deps: Deps, actor: Actor, input: RestoreQuestion): Promise<QuestionView> {
  return moderateQuestion(deps, actor, input, { to: input.to, from: from[input.to], by: 'moderate' });
}
