/** Questions as the contract shows them: whole for hosts and moderators, and what of it the asker and everybody else may see. */
import type { PersonView } from '../../shared/contracts/members.js';
import type { MyVote, QuestionView } from '../../shared/contracts/live/questions.js';
import { isPublic } from '../access/questions/accessQuestion.js';
import { Member } from '../models/member.js';
import { countVotes, type Merges } from '../models/questions/merges.js';
import type { QuestionFacts } from '../models/questions/question.js';

/** Who reads. */
export interface Reader {
  memberId: string;
  canModerate: boolean;
}

/** The questions in the order given, as hosts see them, with everybody as they are called now. */
export async function viewQuestions(questions: readonly QuestionFacts[], merges: Merges, rev: number): Promise<QuestionView[]> {
  const [people, votes] = await Promise.all([Member.people([...new Set(questions.flatMap(peopleOf))]), countVotes(questions, merges)]);
  return questions.map((question) => viewQuestion(question, people, { rev, votes: votes.get(String(question._id)) ?? 0, mergedCount: merges.familyOf(String(question._id)).length - 1 }));
}

/** What of a question a reader may see; null where they may not see it at all. */
export function showTo({ memberId, canModerate }: Reader, question: QuestionFacts, view: QuestionView): QuestionView | null {
  if (question.state === 'retracted') return null;
  if (canModerate) return view;
  if (String(question.askerId) === memberId) return forAsker(view);
  return isPublic(question) && !question.mergedIntoId ? forAudience(view) : null;
}

/** A member's own vote for a question, as of its last turn. */
export const viewVote = ({ _id, voteTurn = 0 }: Pick<QuestionFacts, '_id' | 'voteTurn'>, isOn: boolean): MyVote => ({ questionId: String(_id), turn: voteTurn, isOn });

/** What its asker sees of it. */
export function forAsker(view: QuestionView): QuestionView {
  return { ...view, desk: null };
}

/** What everybody else sees of it: whoever asked anonymously is nobody. */
export function forAudience(view: QuestionView): QuestionView {
  return { ...view, desk: null, asker: view.isAnonymous ? null : view.asker };
}

function peopleOf({ askerId, answer, assigneeId }: QuestionFacts): string[] {
  return [askerId, answer?.byId, assigneeId].flatMap((id) => (id ? [String(id)] : []));
}

function viewQuestion(question: QuestionFacts, people: ReadonlyMap<string, PersonView>, counted: Pick<QuestionView, 'rev' | 'votes' | 'mergedCount'>): QuestionView {
  const { answer, assigneeId } = question;
  const answeredBy = answer && people.get(String(answer.byId));
  return {
    id: String(question._id),
    workshopId: String(question.workshopId),
    clientQuestionId: question.clientQuestionId,
    asker: people.get(String(question.askerId)) ?? null,
    isAnonymous: question.isAnonymous ?? false,
    text: question.text,
    state: question.state,
    ...counted,
    askedAt: question.askedAt.toISOString(),
    answeringAt: question.answeringAt?.toISOString() ?? null,
    answeredAt: question.answeredAt?.toISOString() ?? null,
    answer: answer && answeredBy ? { text: answer.text, by: answeredBy, at: answer.at.toISOString() } : null,
    chapterSeconds: question.chapterSeconds ?? null,
    mergedIntoId: question.mergedIntoId ? String(question.mergedIntoId) : null,
    desk: { labels: question.labels ?? [], assignee: (assigneeId && people.get(String(assigneeId))) ?? null },
  };
}
