/** Questions as the contract shows them. */
import type { PersonView } from '../../shared/contracts/members.js';
import type { QuestionView } from '../../shared/contracts/questions.js';
import { Member } from '../models/member.js';
import type { QuestionDocument } from '../models/question.js';

/** The questions in the order given, with their askers as they are called now. */
export async function viewQuestions(questions: readonly QuestionDocument[]): Promise<QuestionView[]> {
  const people = await Member.people([...new Set(questions.map((question) => String(question.askerId)))]);
  return questions.flatMap((question) => {
    const asker = people.get(String(question.askerId));
    return asker ? [viewQuestion(question, asker)] : [];
  });
}

/** One question whose asker is known. */
export function viewQuestion(question: QuestionDocument, asker: PersonView): QuestionView {
  return {
    id: String(question._id),
    workshopId: String(question.workshopId),
    clientQuestionId: question.clientQuestionId,
    asker,
    text: question.text,
    state: question.state,
    version: question.version,
    askedAt: question.askedAt.toISOString(),
    answeringAt: question.answeringAt?.toISOString() ?? null,
    answeredAt: question.answeredAt?.toISOString() ?? null,
  };
}
