/** How a member did in the quizzes of a workshop. Pure. */
import type { PollView } from '../../../shared/contracts/live/polls.js';
import { isRight } from '../../../shared/quiz.js';

/** Of the quizzes that are closed and that they voted in: how many, and how many right. */
export function scoreOf(polls: readonly PollView[]): { right: number; count: number } {
  const taken = polls.filter(({ isQuiz, state, mine }) => isQuiz && state === 'closed' && mine !== null && mine.choice.options.length > 0);
  return { right: taken.filter(({ right, mine }) => right !== null && mine !== null && isRight(right, mine.choice.options)).length, count: taken.length };
}
