import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import type { QuestionFacts } from '../../models/questions/question.js';
import { viewForHosts } from '../hosting/viewForHosts.js';
import { forAsker } from '../questions.views.js';

/** A question that was not changed, as its asker sees it; the queue's `rev` is as old as what is shown, or older. */
export async function viewOwn(question: QuestionFacts): Promise<QuestionView> {
  return forAsker(await viewForHosts(question));
}
