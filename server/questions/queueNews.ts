/** How the house tells of a workshop's questions: each change whole and at once, the votes about once a second. */
import { questions, type QuestionView } from '../../shared/contracts/live/questions.js';
import { AppError } from '../../shared/failures.js';
import { isPublic } from '../access/questions/accessQuestion.js';
import type { Ground } from '../ground.js';
import { countVotes, readMerges } from '../models/questions/merges.js';
import { Question, type QuestionFacts } from '../models/questions/question.js';
import { QuestionQueue } from '../models/questions/questionQueue.js';
import { insideChannel, queueChannel, workshopChannel } from '../realtime/channels.js';
import { forAsker, forAudience, viewQuestions } from './questions.views.js';

export interface QueueNews {
  /**
   * Tells whoever may see the question what it is now, and answers what hosts see of it.
   *
   * @param wasSeen - everybody saw it before: if they may not any more, they are told that it is gone.
   */
  changed(questionId: string, wasSeen: boolean): Promise<QuestionView>;
  /** The question's votes have changed: everybody is told how many there are, soon. */
  voted(workshopId: string, questionId: string): void;
  /** Tells what a node has stored and then was killed before it told it. Telling twice is harmless. */
  repair(): Promise<void>;
}

/** What has stood untold for so long was left by a node that is no more. */
const leftMs = 3_000;

export function createQueueNews({ publish, soon, now }: Pick<Ground, 'publish' | 'soon' | 'now'>): QueueNews {
  /** By workshop: the questions whose votes are to be told. */
  const waiting = new Map<string, Set<string>>();

  const tellVotes = async (workshopId: string): Promise<void> => {
    const ids = [...(waiting.get(workshopId) ?? [])];
    waiting.delete(workshopId);
    const [rev, found] = [await QuestionQueue.raise(workshopId), await Question.find({ _id: { $in: ids } }).select({ voterIds: 0 }).lean()];
    const merges = await readMerges(workshopId);
    // A merged one has votes of its own still, which its asker and the hosts see beside it.
    const told = [...new Set(ids.flatMap((id) => [id, merges.rootOf(id)]))];
    const seen = (await Question.find({ _id: { $in: told } }).select({ votes: 1, state: 1 }).lean()).filter(isPublic);
    const counts = await countVotes(seen, merges);
    const votes = seen.map(({ _id }) => ({ questionId: String(_id), votes: counts.get(String(_id)) ?? 0 }));
    if (votes.length > 0) publish(workshopChannel(workshopId), questions.voted, { workshopId, rev, votes });
    await Promise.all(found.map((question) => Question.markTold(question)));
  };
  const voted: QueueNews['voted'] = (workshopId, questionId) => {
    waiting.set(workshopId, (waiting.get(workshopId) ?? new Set()).add(questionId));
    soon.tell(`votes ${workshopId}`, () => tellVotes(workshopId));
  };
  const changed: QueueNews['changed'] = async (questionId, wasSeen) => {
    const { question, view } = await readAnew(questionId);
    publishTo(publish, question, view, wasSeen);
    await Question.markTold(question);
    return view;
  };
  return {
    changed,
    voted,
    async repair() {
      const left = await Question.find({ untoldAt: { $lt: new Date(now().getTime() - leftMs) } }).select({ workshopId: 1 }).lean();
      for (const { _id } of left) await changed(String(_id), true);
    },
  };
}

/** The question as it is after its queue's `rev` was raised. */
async function readAnew(questionId: string): Promise<{ question: QuestionFacts; view: QuestionView }> {
  const stands = await Question.findById(questionId).select({ workshopId: 1 }).lean();
  if (!stands) throw new AppError('question.not_found');
  const workshopId = String(stands.workshopId);
  const rev = await QuestionQueue.raise(workshopId);
  const [question, merges] = await Promise.all([Question.findById(questionId).select({ voterIds: 0 }).orFail().lean(), readMerges(workshopId)]);
  const [view] = await viewQuestions([question], merges, rev);
  if (!view) throw new AppError('question.not_found');
  return { question, view };
}

function publishTo(publish: Ground['publish'], question: QuestionFacts, view: QuestionView, wasSeen: boolean): void {
  const { workshopId, id: questionId, rev, mergedIntoId } = view;
  const [moderators, asker, everybody] = [queueChannel(workshopId), insideChannel(workshopId, String(question.askerId)), workshopChannel(workshopId)];
  publish(moderators, questions.changed, view);
  publish(asker, questions.changed, forAsker(view), moderators);
  if (isPublic(question) && mergedIntoId === null) publish(everybody, questions.changed, forAudience(view), [moderators, asker]);
  else if (wasSeen) publish(everybody, questions.withdrawn, { workshopId, questionId, rev, mergedIntoId }, [moderators, asker]);
}
