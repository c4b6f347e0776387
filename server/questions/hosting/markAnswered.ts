import type { OneQuestion, QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { moderateQuestion } from './moderateQuestion.js';

/**
 * Marks a question as answered: the one on air, or one that was answered without being taken there.
 *
 * @throws workshop.not_found | question.not_found
 * @throws question.wrong_state - it was never let through, or was dismissed.
 */
export function markAnswered(deps: Deps, actor: Actor, input: OneQuestion): Promise<QuestionView> {
  return moderateQuestion(deps, actor, input, { to: 'answered', from: ['answering', 'approved'], by: 'host' });
}
