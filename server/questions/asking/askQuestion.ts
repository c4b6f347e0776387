import type { AskQuestion, QuestionView } from '../../../shared/contracts/live/questions.js';
import { AppError } from '../../../shared/failures.js';
import { limits } from '../../../shared/limits.js';
import { isAhead } from '../../../shared/contracts/workshops.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import { refuseTimedOut } from '../../access/moderation/restrictions.js';
import { isPublic } from '../../access/questions/accessQuestion.js';
import type { Deps } from '../../deps.js';
import { isDuplicate } from '../../models/duplicate.js';
import { openStates, Question } from '../../models/questions/question.js';
import { QuestionQueue } from '../../models/questions/questionQueue.js';
import { forAsker } from '../questions.views.js';
import { viewOwn } from './viewOwn.js';

/** How often a question looks for another place when the one it found was taken meanwhile: a member asks no more than so many at once. */
const tries = limits.openQuestionsMax;

/**
 * Asks a question, before a workshop or while it is live. Where the queue is moderated it waits until a host lets it be seen.
 *
 * A retry carries the same `clientQuestionId`; it gets the stored question back, and nobody hears twice.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws member.timed_out - they may not speak in its room for a while.
 * @throws workshop.wrong_state - it is over, or was cancelled.
 * @throws question.too_many_open - they have as many open as one member may.
 * @throws server.busy - others of theirs kept coming in between.
 */
export async function askQuestion(deps: Deps, actor: Actor, input: AskQuestion): Promise<QuestionView> {
  const workshop = await accessWorkshop(actor, input.workshopId, 'enter', deps.now());
  const key = { workshopId: input.workshopId, askerId: actor.memberId, clientQuestionId: input.clientQuestionId };
  const asked = await findAsked(key);
  if (asked) return viewOwn(asked);
  refuseTimedOut(actor, String(workshop.roomId), deps.now());
  if (!isAhead(workshop.state)) throw new AppError('workshop.wrong_state', { state: workshop.state });
  const { settings } = await QuestionQueue.read(input.workshopId);
  const { question, isNew } = await store(deps, { ...key, text: input.text, isAnonymous: input.isAnonymous, state: settings.isModerated ? 'pending' : 'approved' }, settings.openMax);
  return isNew ? forAsker(await deps.queueNews.changed(String(question._id), isPublic(question))) : viewOwn(question);
}

type Asked = Omit<Parameters<typeof Question.askOnce>[0], 'askedAt' | 'openPlace'>;

const findAsked = (key: Pick<Asked, 'workshopId' | 'askerId' | 'clientQuestionId'>) => Question.findOne(key).select({ voterIds: 0 }).lean();

/** Stores the question in the first of its asker's places that is free. Of two that are asked at once for the same place, the store lets in one. */
async function store(deps: Deps, question: Asked, max: number): ReturnType<typeof Question.askOnce> {
  for (let left = tries; left > 0; left -= 1) {
    try {
      return await Question.askOnce({ ...question, askedAt: deps.now(), openPlace: await findPlace(question, max) });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const asked = await findAsked({ workshopId: question.workshopId, askerId: question.askerId, clientQuestionId: question.clientQuestionId });
      if (asked) return { question: asked, isNew: false };
    }
  }
  throw new AppError('server.busy');
}

async function findPlace({ workshopId, askerId }: Asked, max: number): Promise<number> {
  const open = await Question.find({ workshopId, askerId, state: { $in: [...openStates] }, mergedIntoId: null }).select({ openPlace: 1 }).lean();
  const taken = new Set(open.map(({ openPlace }) => openPlace));
  const free = Array.from({ length: max }, (_, place) => place + 1).find((place) => !taken.has(place));
  if (open.length >= max || free === undefined) throw new AppError('question.too_many_open', { max });
  return free;
}
