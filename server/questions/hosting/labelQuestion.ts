import type { LabelQuestion, QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { changeDesk } from './changeDesk.js';

/**
 * Gives a question these labels in place of those it had; each once. Only hosts see them.
 *
 * @throws workshop.not_found | question.not_found
 */
export function labelQuestion(deps: Deps, actor: Actor, input: LabelQuestion): Promise<QuestionView> {
  return changeDesk(deps, actor, input, { labels: [...new Set(input.labels)] });
}
