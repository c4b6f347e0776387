import type { OneQuestion, QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Actor } from '../../access/actor.js';
import { accessQuestion } from '../../access/questions/accessQuestion.js';
import type { Deps } from '../../deps.js';
import type { QuestionDocument } from '../../models/questions/question.js';
import { changeRead } from './moderateQuestion.js';

/** Writes down what hosts note beside a question, whatever its state. @throws workshop.not_found | question.not_found */
export async function changeDesk(deps: Deps, actor: Actor, input: OneQuestion, set: Pick<QuestionDocument, 'labels'> | Pick<QuestionDocument, 'assigneeId'>): Promise<QuestionView> {
  const { question } = await accessQuestion(actor, input, 'host', deps.now());
  return (await changeRead(deps, question, set)) ?? changeDesk(deps, actor, input, set);
}
