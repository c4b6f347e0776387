import { publicQuestionStates, type MyVote, type QueueView } from '../../shared/contracts/live/questions.js';
import { accessWorkshop, judgeWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { readMerges } from '../models/questions/merges.js';
import { Question, type QuestionFacts } from '../models/questions/question.js';
import { QuestionQueue } from '../models/questions/questionQueue.js';
import { showTo, viewQuestions, viewVote } from './questions.views.js';

/**
 * The queue as this actor may see it, oldest first: hosts and moderators see all, others what is public and what they asked themselves.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 */
export async function listQuestions(deps: Deps, actor: Actor, { workshopId }: { workshopId: string }): Promise<QueueView> {
  const workshop = await accessWorkshop(actor, workshopId, 'enter', deps.now());
  const { canModerate } = await judgeWorkshop(actor, workshop, deps.now());
  // Read before the questions: they have all that is told under lower numbers, and what is told under higher ones is heard.
  const { rev, settings } = await QuestionQueue.read(workshopId);
  const mayBeSeen = canModerate ? {} : { $or: [{ state: { $in: [...publicQuestionStates] } }, { askerId: actor.memberId }] };
  const found = await Question.find({ workshopId, ...mayBeSeen }).select({ voterIds: 0 }).sort({ askedAt: 1, _id: 1 }).lean();
  const [merges, myVotes] = await Promise.all([readMerges(workshopId), readVotes(actor, workshopId, found)]);
  const views = await viewQuestions(found, merges, rev);
  const reader = { memberId: actor.memberId, canModerate };
  return { rev, settings, questions: found.flatMap((question, place) => (views[place] && showTo(reader, question, views[place])) ?? []), myVotes, merges: [...merges.pairs] };
}

/** The actor's votes among the questions found. Those not voted for count as of when they were found. */
async function readVotes({ memberId }: Actor, workshopId: string, found: readonly QuestionFacts[]): Promise<MyVote[]> {
  const voted = await Question.find({ workshopId, voterIds: memberId }).select({ voteTurn: 1 }).lean();
  const ids = new Set(voted.map(({ _id }) => String(_id)));
  return [...voted.map((one) => viewVote(one, true)), ...found.filter(({ _id, voteTurn }) => voteTurn && !ids.has(String(_id))).map((one) => viewVote(one, false))];
}
