import { toCsv } from '../../../shared/csv.js';
import { isRight } from '../../../shared/quiz.js';
import type { PollDocument } from '../../models/polls/poll.js';

/** One vote; `person` is null where nobody is told whose it is. */
export interface Vote {
  person: string | null;
  options: number[];
  text: string;
}

type Row = readonly (string | number | null)[];

/**
 * A poll's votes as a table for a spreadsheet, one a row, to be counted there: several options have a column each, with 1
 * where it was chosen; a ranking too, with the place each option was put at, 1 the best. A quiz says in the last column
 * whether exactly the right ones were chosen. An anonymous poll has no column for people.
 */
export function toTable(poll: Pick<PollDocument, 'kind' | 'question' | 'options' | 'right' | 'isAnonymous'>, votes: readonly Vote[]): string {
  const { question, options, right, isAnonymous } = poll;
  const isQuiz = right.length > 0;
  const named = (person: string | null): Row => (isAnonymous ? [] : [person]);
  const head: Row = ['question', ...named('person'), ...choiceHead(poll), ...(isQuiz ? ['right'] : [])];
  const rows = votes.map((vote): Row => [question, ...named(vote.person), ...choiceOf(poll.kind, options, vote), ...(isQuiz ? [Number(isRight(right, vote.options))] : [])]);
  const inOrder = rows.toSorted((one, other) => one.join(' ').localeCompare(other.join(' ')));
  return toCsv([head, ...inOrder]);
}

const choiceHead = ({ kind, options }: Pick<PollDocument, 'kind' | 'options'>): Row => (kind === 'text' ? ['answer'] : kind === 'single' ? ['choice'] : options);

function choiceOf(kind: PollDocument['kind'], offered: readonly string[], { options, text }: Vote): Row {
  switch (kind) {
    case 'single':
      return options.map((option) => offered[option] ?? null);
    case 'multiple':
      return offered.map((_option, place) => Number(options.includes(place)));
    case 'ranking':
      return offered.map((_option, place) => options.indexOf(place) + 1);
    case 'text':
      return [text];
  }
}
