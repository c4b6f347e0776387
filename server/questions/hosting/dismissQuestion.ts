import type { OneQuestion, QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { moderateQuestion } from './moderateQuestion.js';

/**
 * Takes a question out of the queue, from wherever it is in it. Its asker, hosts and moderators still see it, as dismissed.
 *
 * @throws workshop.not_found | question.not_found
 * @throws question.wrong_state - it is merged into another.
 */
export function dismissQuestion(deps: Deps, actor: Actor, input: OneQuestion): Promise<QuestionView> {
  return moderateQuestion(deps, actor, input, { to: 'dismissed', from: ['pending', 'approved', 'answering', 'answered'], by: 'moderate' });
}
