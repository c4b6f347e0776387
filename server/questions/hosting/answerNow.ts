import type { OneQuestion, QuestionState, QuestionView } from '../../../shared/contracts/live/questions.js';
import { AppError } from '../../../shared/failures.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { isDuplicate } from '../../models/duplicate.js';
import { Question, type QuestionFacts } from '../../models/questions/question.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import { findUnmerged, stepOn } from './moderateQuestion.js';
import { viewForHosts } from './viewForHosts.js';

const onAirFrom: readonly QuestionState[] = ['pending', 'approved', 'answered'];

/** How often one host gives way to another who takes a question on air in the same moment. */
const tries = 8;

/**
 * Takes a question on air; the one that was on air becomes answered first. The store refuses a second one on air, so when
 * two hosts choose at once, the later of the two stays. While the workshop is live, its second is kept with the question.
 *
 * @throws workshop.not_found | question.not_found
 * @throws question.wrong_state - it was dismissed, or is merged into another.
 * @throws server.busy - other hosts kept choosing others.
 */
export async function answerNow(deps: Deps, actor: Actor, input: OneQuestion): Promise<QuestionView> {
  for (let left = tries; left > 0; left -= 1) {
    const { workshop, question } = await findUnmerged(deps, actor, input, 'host');
    if (question.state === 'answering') return viewForHosts(question);
    if (!onAirFrom.includes(question.state)) throw new AppError('question.wrong_state', { state: question.state });
    const standing = await Question.findOne({ workshopId: input.workshopId, state: 'answering' }).select({ voterIds: 0 }).lean();
    if (standing) await stepOn(deps, standing, 'answered');
    const taken = await takeOnAir(deps, workshop, question);
    if (taken) return taken;
  }
  throw new AppError('server.busy');
}

/** Null when another question is on air, or this one has changed. */
async function takeOnAir(deps: Deps, workshop: WorkshopDocument, question: QuestionFacts): Promise<QuestionView | null> {
  try {
    return await stepOn(deps, question, 'answering', { chapterSeconds: secondsSince(workshop, deps.now()) });
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
}

/** The workshop's clock; null while it is not live. */
function secondsSince({ state, liveAt }: WorkshopDocument, now: Date): number | null {
  return state === 'live' && liveAt ? Math.max(0, Math.floor((now.getTime() - liveAt.getTime()) / 1_000)) : null;
}
