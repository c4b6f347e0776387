import type { OneQuestion, QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { changeOwn } from './changeOwn.js';

/**
 * Takes an own question back, while it is pending. From then on it is shown to nobody.
 *
 * @throws workshop.not_found | question.not_found - absent, or not this actor's, or taken back already.
 * @throws question.wrong_state - a host has dealt with it already.
 */
export function retractQuestion(deps: Deps, actor: Actor, input: OneQuestion): Promise<QuestionView> {
  return changeOwn(deps, actor, input, { state: 'retracted' });
}
