import type { AskQuestion, QuestionView } from '../../../shared/contracts/live/questions.js';
import { AppError } from '../../../shared/failures.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import { refuseTimedOut } from '../../access/moderation/restrictions.js';
import { isPublic } from '../../access/questions/accessQuestion.js';
import type { Deps } from '../../deps.js';
import { Question } from '../../models/questions/question.js';
import { QuestionQueue } from '../../models/questions/questionQueue.js';
import { forAsker } from '../questions.views.js';
import { viewOwn } from './viewOwn.js';

/**
 * Asks a question, before a workshop or while it is live. Where the queue is moderated it waits until a host lets it be seen.
 *
 * A retry carries the same `clientQuestionId`; it gets the stored question back, and nobody hears twice.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws member.timed_out - they may not speak in its room for a while.
 * @throws workshop.wrong_state - it is over, or was cancelled.
 * @throws question.too_many_open - they have as many open as one member may; asked at the very same moment one more may slip in.
 */
export async function askQuestion(deps: Deps, actor: Actor, input: AskQuestion): Promise<QuestionView> {
  const workshop = await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  const key = { workshopId: input.workshopId, askerId: actor.memberId, clientQuestionId: input.clientQuestionId };
  const asked = await Question.findOne(key).select({ voterIds: 0 }).lean();
  if (asked) return viewOwn(asked);
  refuseTimedOut(actor, String(workshop.roomId), deps.now());
  if (workshop.state !== 'scheduled' && workshop.state !== 'live') throw new AppError('workshop.wrong_state', { state: workshop.state });
  const { settings } = await QuestionQueue.read(input.workshopId);
  await refuseTooMany(actor, input.workshopId, settings.openMax);

  const { question, isNew } = await Question.askOnce({ ...key, text: input.text, isAnonymous: input.isAnonymous, state: settings.isModerated ? 'pending' : 'approved', askedAt: deps.now() });
  return isNew ? forAsker(await deps.queueNews.changed(String(question._id), isPublic(question))) : viewOwn(question);
}

async function refuseTooMany(actor: Actor, workshopId: string, max: number): Promise<void> {
  const open = await Question.countDocuments({ workshopId, askerId: actor.memberId, state: { $in: ['pending', 'approved'] }, mergedIntoId: null });
  if (open >= max) throw new AppError('question.too_many_open', { max });
}
