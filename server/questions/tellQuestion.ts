import { publicQuestionStates, questions, type QuestionState, type QuestionView } from '../../shared/contracts/questions.js';
import type { Deps } from '../deps.js';
import { hostsChannel, insideChannel, workshopChannel } from '../realtime/channels.js';

/**
 * Tells a question's change to whoever may see it: everybody inside while it is public, else the hosts and, inside the
 * workshop, its asker. The audience hears of one that is public no more only that it is gone.
 *
 * @param before - the state it had; null for a new one.
 */
export function tellQuestion(deps: Deps, question: QuestionView, before: QuestionState | null): void {
  const { workshopId } = question;
  const hosts = hostsChannel(workshopId);
  const asker = insideChannel(workshopId, question.asker.id);
  if (isPublic(question.state)) {
    deps.publish(workshopChannel(workshopId), questions.changed, question);
    return;
  }
  deps.publish(hosts, questions.changed, question);
  deps.publish(asker, questions.changed, question, hosts);
  if (before && isPublic(before)) deps.publish(workshopChannel(workshopId), questions.withdrawn, { workshopId, questionId: question.id, version: question.version }, [hosts, asker]);
}

/** Whether everybody in the workshop sees questions of this state. */
export function isPublic(state: QuestionState): boolean {
  return publicQuestionStates.includes(state);
}
