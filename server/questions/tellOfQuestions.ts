import type { Deps } from '../deps.js';
import { Question } from '../models/questions/question.js';

/** For a member's data export: the questions they asked, oldest first. */
export function tellOfQuestions(_deps: Deps, memberId: string): Promise<unknown> {
  return Question.find({ askerId: memberId }).select({ _id: 0, workshopId: 1, text: 1, state: 1, askedAt: 1, answeredAt: 1 }).sort({ askedAt: 1 }).lean();
}
