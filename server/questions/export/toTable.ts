import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import { toCsv } from '../../../shared/csv.js';

/** The questions as a table for a spreadsheet, one a row, under the contract's names. Times are ISO 8601 in UTC. */
export function toTable(questions: readonly QuestionView[]): string {
  const head = ['question', 'state', 'votes', 'asked_by', 'asked_at', 'answered_at', 'chapter_seconds', 'answer', 'answer_by'];
  const rows = questions.map(({ text, state, votes, asker, askedAt, answeredAt, chapterSeconds, answer }) => [
    text, state, votes, asker?.name ?? null, askedAt, answeredAt, chapterSeconds, answer?.text ?? null, answer?.by.name ?? null,
  ]);
  return toCsv([head, ...rows]);
}
