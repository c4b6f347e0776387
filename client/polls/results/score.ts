/** How a member did in the quizzes of a workshop. Pure. */
import type { Choice, PollView } from '../../../shared/contracts/live/polls.js';

/** Whether exactly the right options were chosen. */
export function isRight(right: readonly number[], options: Choice['options']): boolean {
  return right.length === options.length && right.every((option) => options.includes(option));
}

/** Of the quizzes that are closed and that they voted in: how many, and how many right. */
export function scoreOf(polls: readonly PollView[]): { right: number; count: number } {
  const taken = polls.filter(({ isQuiz, state, mine }) => isQuiz && state === 'closed' && mine !== null && mine.choice.options.length > 0);
  return { right: taken.filter(({ right, mine }) => right !== null && mine !== null && isRight(right, mine.choice.options)).length, count: taken.length };
}
