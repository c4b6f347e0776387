import { publicQuestionStates } from '../../shared/contracts/live/questions.js';
import type { Deps } from '../deps.js';
import { Question } from '../models/questions/question.js';

/** For a member's data export: the questions they asked and those they gave a vote, oldest first. */
export async function tellOfQuestions(_deps: Deps, memberId: string): Promise<unknown> {
  const [asked, votedFor] = await Promise.all([
    Question.find({ askerId: memberId }).select({ _id: 0, workshopId: 1, text: 1, isAnonymous: 1, state: 1, askedAt: 1, answeredAt: 1 }).sort({ askedAt: 1 }).lean(),
    Question.find({ voterIds: memberId, state: { $in: publicQuestionStates } }).select({ _id: 0, workshopId: 1, text: 1 }).sort({ askedAt: 1 }).lean(),
  ]);
  return { asked, votedFor };
}
