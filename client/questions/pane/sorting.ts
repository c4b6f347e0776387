/** In which order the audience sees the queue. Pure. */
import type { QuestionState, QuestionView } from '../../../shared/contracts/live/questions.js';

export const sortings = ['votes', 'newest', 'unanswered'] as const;
export type Sorting = (typeof sortings)[number];

/** Where each state stands among the most voted for: what is on air first, what is done last. */
const place: Record<QuestionState, number> = { answering: 0, approved: 1, pending: 2, answered: 3, dismissed: 4, retracted: 5 };

const newestFirst = (one: QuestionView, other: QuestionView): number => other.askedAt.localeCompare(one.askedAt) || other.id.localeCompare(one.id);
const byVotes = (one: QuestionView, other: QuestionView): number => place[one.state] - place[other.state] || other.votes - one.votes || -newestFirst(one, other);

/** What is on air stands first in all of them. */
export function sortQuestions(all: readonly QuestionView[], sorting: Sorting): QuestionView[] {
  if (sorting === 'votes') return all.toSorted(byVotes);
  if (sorting === 'unanswered') return all.filter(({ state, mergedIntoId }) => place[state] < place.answered && mergedIntoId === null).toSorted(byVotes);
  const isOnAir = ({ state }: QuestionView): number => Number(state === 'answering');
  return all.toSorted((one, other) => isOnAir(other) - isOnAir(one) || newestFirst(one, other));
}
