import type { QuestionView, SuggestQuestions } from '../../../shared/contracts/live/questions.js';
import { limits } from '../../../shared/limits.js';
import { accessWorkshop, judgeWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { readTogether } from '../../models/asking/readTogether.js';
import { readMerges } from '../../models/questions/merges.js';
import { Question, type QuestionFacts } from '../../models/questions/question.js';
import { QuestionQueue } from '../../models/questions/questionQueue.js';
import { showTo, viewQuestions } from '../questions.views.js';
import { alike, likeness, piecesOf } from './likeness.js';

/** Many type at once, and all are compared with the same questions. */
const together = readTogether<QuestionFacts[]>();

/**
 * The questions that ask much the same as what is being written, the likest first; of those this actor may see.
 *
 * @throws workshop.not_found - absent, or not this actor's; the two look alike on purpose.
 */
export async function suggestQuestions(deps: Deps, actor: Actor, { workshopId, text }: SuggestQuestions): Promise<QuestionView[]> {
  const workshop = await accessWorkshop(actor, workshopId, 'enter', deps.now());
  const reader = { memberId: actor.memberId, canModerate: (await judgeWorkshop(actor, workshop, deps.now())).canModerate };
  const { rev } = await QuestionQueue.read(workshopId);
  const asked = await together(workshopId, () => Question.find({ workshopId, mergedIntoId: null, state: { $nin: ['dismissed', 'retracted'] } }).select({ voterIds: 0 }).lean());
  const pieces = piecesOf(text);
  const likest = asked
    .map((question) => ({ question, likeness: likeness(pieces, piecesOf(question.text)) }))
    .filter((one) => one.likeness >= alike)
    .toSorted((one, other) => other.likeness - one.likeness)
    .map(({ question }) => question);
  const views = await viewQuestions(likest.slice(0, limits.suggestionsMax * 4), await readMerges(workshopId), rev);
  return views.flatMap((view, place) => showTo(reader, likest[place] as QuestionFacts, view) ?? []).slice(0, limits.suggestionsMax);
}
