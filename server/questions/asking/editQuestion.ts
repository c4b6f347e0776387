import type { EditQuestion, QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Actor } from '../../access/actor.js';
import { refuseTimedOut } from '../../access/moderation/restrictions.js';
import type { Deps } from '../../deps.js';
import { changeOwn } from './changeOwn.js';

/**
 * Words an own question anew, while it is pending.
 *
 * @throws workshop.not_found | question.not_found - absent, or not this actor's.
 * @throws question.wrong_state - a host has dealt with it already.
 * @throws member.timed_out - they may not speak in the workshop's room for a while.
 */
export function editQuestion(deps: Deps, actor: Actor, input: EditQuestion): Promise<QuestionView> {
  return changeOwn(deps, actor, input, { text: input.text }, (workshop) => refuseTimedOut(actor, String(workshop.roomId), deps.now()));
}
