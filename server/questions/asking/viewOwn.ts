import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import { AppError } from '../../../shared/failures.js';
import { readMerges } from '../../models/questions/merges.js';
import type { QuestionFacts } from '../../models/questions/question.js';
import { QuestionQueue } from '../../models/questions/questionQueue.js';
import { forAsker, viewQuestions } from '../questions.views.js';

/** A question as its asker sees it; the queue's `rev` is as old as what was read, or older. */
export async function viewOwn(question: QuestionFacts): Promise<QuestionView> {
  const workshopId = String(question.workshopId);
  const [{ rev }, merges] = await Promise.all([QuestionQueue.read(workshopId), readMerges(workshopId)]);
  const [view] = await viewQuestions([question], merges, rev);
  if (!view) throw new AppError('question.not_found');
  return forAsker(view);
}
