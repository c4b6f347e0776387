/** Which question stands in which column of the console, and in which order. Pure. */
import type { QuestionView } from '../../../shared/contracts/live/questions.js';

export const orders = ['oldest', 'votes'] as const;
export type Order = (typeof orders)[number];

export interface Column {
  key: 'pending' | 'approved' | 'onAir';
  items: QuestionView[];
}

/** A question that is merged stands in the one it is seen in; what was done last stands first among what is done. */
export function columnsOf(all: readonly QuestionView[], order: Order): Column[] {
  const known = new Set(all.map(({ id }) => id));
  const own = all.filter(({ mergedIntoId }) => mergedIntoId === null || !known.has(mergedIntoId));
  const of = (...states: QuestionView['state'][]): QuestionView[] => own.filter(({ state }) => states.includes(state));
  const sorted = (items: QuestionView[]): QuestionView[] => (order === 'votes' ? items.toSorted((one, other) => other.votes - one.votes) : items);
  return [
    { key: 'pending', items: of('pending') },
    { key: 'approved', items: sorted(of('approved')) },
    { key: 'onAir', items: [...of('answering'), ...of('answered', 'dismissed').toSorted((one, other) => (other.answeredAt ?? other.askedAt).localeCompare(one.answeredAt ?? one.askedAt))] },
  ];
}
