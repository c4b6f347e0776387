import type { ExportQuestions, QuestionView } from '../../../shared/contracts/live/questions.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import { isPublic } from '../../access/questions/accessQuestion.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import { readMerges } from '../../models/questions/merges.js';
import { Question } from '../../models/questions/question.js';
import { QuestionQueue } from '../../models/questions/questionQueue.js';
import { forAudience, viewQuestions } from '../questions.views.js';
import { toFaq } from './toFaq.js';
import { toTable } from './toTable.js';

/**
 * What was asked and answered in public, as a file: a FAQ in Markdown, or a table. It says no more than the audience has seen.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 */
export async function exportQuestions(deps: Deps, actor: Actor, { workshopId, format }: ExportQuestions): Promise<{ name: string; type: string; text: string }> {
  const workshop = await accessWorkshop(actor, workshopId, 'host', deps.now());
  const { rev } = await QuestionQueue.read(workshopId);
  const found = (await Question.find({ workshopId, mergedIntoId: null }).select({ voterIds: 0 }).sort({ askedAt: 1, _id: 1 }).lean()).filter(isPublic);
  const shown: QuestionView[] = (await viewQuestions(found, await readMerges(workshopId), rev)).map(forAudience);
  const member = await Member.findById(actor.memberId).select({ language: 1 }).lean();
  const name = `questions-${workshop.startsAt.toISOString().slice(0, 10)}`;
  if (format === 'csv') return { name: `${name}.csv`, type: 'text/csv', text: toTable(shown) };
  return { name: `${name}.md`, type: 'text/markdown', text: toFaq(workshop.title, shown, member?.language ?? 'en') };
}
