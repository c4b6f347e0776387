import { questions, type MyVote, type VoteQuestion } from '../../../shared/contracts/live/questions.js';
import { AppError } from '../../../shared/failures.js';
import type { Actor } from '../../access/actor.js';
import { accessQuestion, isPublic } from '../../access/questions/accessQuestion.js';
import type { Deps } from '../../deps.js';
import { countVotes, readMerges, type Merges } from '../../models/questions/merges.js';
import { Question, type QuestionFacts } from '../../models/questions/question.js';
import { connectionChannel, insideChannel } from '../../realtime/channels.js';
import type { Connection } from '../../realtime/connection.js';
import { viewVote } from '../questions.views.js';

/** How often a vote follows a question that is merged at that very moment. */
const tries = 4;

/**
 * Votes for a question, or takes the vote back. A vote for one that was merged counts for the one it is seen in; taking it
 * back there takes it from all that are seen in it. Saying again what is so already changes nothing.
 *
 * @throws workshop.not_found | question.not_found
 * @throws question.wrong_state - it is not seen by everybody: there is nothing to vote for yet.
 * @throws server.busy - hosts kept merging it.
 */
export async function voteQuestion(deps: Deps, actor: Actor, input: VoteQuestion, connection: Connection): Promise<{ myVotes: MyVote[]; votes: number }> {
  const { workshopId } = input;
  for (let left = tries; left > 0; left -= 1) {
    const { question: meant } = await accessQuestion(actor, input, 'vote', deps.now());
    const merges = await readMerges(workshopId);
    const root = merges.rootOf(String(meant._id));
    const { question } = root === String(meant._id) ? { question: meant } : await accessQuestion(actor, { workshopId, questionId: root }, 'vote', deps.now());
    if (!isPublic(question)) throw new AppError('question.wrong_state', { state: question.state });
    const changed = input.isOn ? await voteOn(deps, actor, root) : await voteOff(deps, actor, merges.familyOf(root));
    if (changed.length > 0) tell(deps, actor, workshopId, changed, connection, input.isOn);
    else if (!(await standsSo(actor, root, input.isOn))) continue;
    return { myVotes: changed.map((one) => viewVote(one, input.isOn)), votes: await countOf(root, merges, changed) };
  }
  throw new AppError('server.busy');
}

async function voteOn(deps: Deps, { memberId }: Actor, questionId: string): Promise<QuestionFacts[]> {
  const voted = await Question.addVoter(questionId, memberId, deps.now());
  return voted ? [voted] : [];
}

async function voteOff(deps: Deps, { memberId }: Actor, family: readonly string[]): Promise<QuestionFacts[]> {
  const dropped = await Promise.all(family.map((id) => Question.dropVoter(id, memberId, deps.now())));
  return dropped.filter((one) => one !== null);
}

/** Nothing was changed: because it was so already, or because the question is not what it was. */
async function standsSo({ memberId }: Actor, root: string, isOn: boolean): Promise<boolean> {
  if (!isOn) return true;
  return (await Question.exists({ _id: root, voterIds: memberId, mergedIntoId: null })) !== null;
}

/** How many vote for it, by what the change itself answered where that says it. */
async function countOf(root: string, merges: Merges, changed: readonly QuestionFacts[]): Promise<number> {
  const question = changed.find(({ _id }) => String(_id) === root) ?? (await Question.findById(root).select({ votes: 1 }).orFail().lean());
  return (await countVotes([question], merges)).get(root) ?? 0;
}

function tell(deps: Deps, { memberId }: Actor, workshopId: string, changed: readonly QuestionFacts[], connection: Connection, isOn: boolean): void {
  deps.publish(insideChannel(workshopId, memberId), questions.myVote, { workshopId, myVotes: changed.map((one) => viewVote(one, isOn)) }, connectionChannel(connection.id));
  for (const { _id } of changed) deps.queueNews.voted(workshopId, String(_id));
}
