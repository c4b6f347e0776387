/** Which questions of a workshop are seen in which others, and how many vote for a question with all that are merged into it. */
import { readTogether } from '../asking/readTogether.js';
import { Question, type QuestionFacts } from './question.js';

/** The merges of one workshop. */
export interface Merges {
  /** Each merged question with the one it was merged into. */
  pairs: readonly { questionId: string; intoId: string }[];
  /** The question in which this one is seen: itself where it is not merged. */
  rootOf(questionId: string): string;
  /** This question and all that are seen in it. */
  familyOf(questionId: string): string[];
}

/** All who vote at once ask for this. */
const together = readTogether<Pick<QuestionFacts, '_id' | 'mergedIntoId'>[]>();

/** The merges of a workshop as they stand. */
export async function readMerges(workshopId: string): Promise<Merges> {
  const merged = await together(workshopId, () => Question.find({ workshopId, mergedIntoId: { $type: 'objectId' } }).select({ mergedIntoId: 1 }).lean());
  return mergesOf(merged.map(({ _id, mergedIntoId }) => ({ questionId: String(_id), intoId: String(mergedIntoId) })));
}

/** @param pairs - without a circle: each leads to an earlier question. */
function mergesOf(pairs: Merges['pairs']): Merges {
  const into = new Map(pairs.map(({ questionId, intoId }) => [questionId, intoId]));
  const rootOf = (questionId: string): string => {
    let root = questionId;
    for (let next = into.get(root); next !== undefined; next = into.get(root)) root = next;
    return root;
  };
  const seenIn = new Map<string, string[]>();
  for (const id of into.keys()) seenIn.set(rootOf(id), [...(seenIn.get(rootOf(id)) ?? []), id]);
  return { pairs, rootOf, familyOf: (questionId) => [questionId, ...(seenIn.get(questionId) ?? [])] };
}

/** How many members vote for each question: whoever votes for several that are merged counts once. By id. */
export async function countVotes(questions: readonly Pick<QuestionFacts, '_id' | 'votes'>[], merges: Merges): Promise<Map<string, number>> {
  const families = questions.map(({ _id }) => merges.familyOf(String(_id))).filter((family) => family.length > 1);
  const found = families.length === 0 ? [] : await Question.find({ _id: { $in: families.flat() } }).select({ voterIds: 1 }).lean();
  const voters = new Map(found.map(({ _id, voterIds = [] }) => [String(_id), voterIds.map(String)]));
  const shared = new Map(families.map((family) => [family[0], new Set(family.flatMap((id) => voters.get(id) ?? [])).size]));
  return new Map(questions.map(({ _id, votes = 0 }) => [String(_id), shared.get(String(_id)) ?? votes]));
}
