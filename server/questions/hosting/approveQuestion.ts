import type { OneQuestion, QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { moderateQuestion } from './moderateQuestion.js';

/**
 * Lets everybody in the workshop see a question: one that waits, or one that was dismissed and is brought back.
 *
 * @throws workshop.not_found | question.not_found
 * @throws question.wrong_state - it is on air or answered.
 */
export function approveQuestion(deps: Deps, actor: Actor, input: OneQuestion): Promise<QuestionView> {
  return moderateQuestion(deps, actor, input, { to: 'approved', from: ['pending', 'dismissed'], by: 'moderate' });
}
