/** The only way to one question of a workshop. */
import { publicQuestionStates, type OneQuestion } from '../../../shared/contracts/live/questions.js';
import { AppError } from '../../../shared/failures.js';
import { Question, type QuestionFacts } from '../../models/questions/question.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import { accessWorkshop } from '../accessWorkshop.js';
import type { Actor } from '../actor.js';

/** Whether everybody in the workshop sees the question, by itself or in the one it is merged into. */
export function isPublic({ state }: Pick<QuestionFacts, 'state'>): boolean {
  return publicQuestionStates.includes(state);
}

/**
 * The question, if this actor may do that with it now: `vote` for it as anybody inside, `own` it as its asker, `moderate` it, `host` it.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws question.not_found - not in this workshop, taken back, or not this actor's to see.
 */
export async function accessQuestion(
  actor: Actor,
  { workshopId, questionId }: OneQuestion,
  right: 'vote' | 'own' | 'moderate' | 'host',
  now: Date,
): Promise<{ workshop: WorkshopDocument; question: QuestionFacts }> {
  const workshop = await accessWorkshop(actor, workshopId, right === 'host' || right === 'moderate' ? right : 'enter', now);
  const question = await Question.findOne({ _id: questionId, workshopId }).select({ voterIds: 0 }).lean();
  if (!question || question.state === 'retracted') throw new AppError('question.not_found');
  const isOwn = String(question.askerId) === actor.memberId;
  if (right === 'own' && !isOwn) throw new AppError('question.not_found');
  if (right === 'vote' && !isOwn && !isPublic(question)) throw new AppError('question.not_found');
  return { workshop, question };
}
