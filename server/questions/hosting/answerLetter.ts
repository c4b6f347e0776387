import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import { readMerges } from '../../models/questions/merges.js';
import { Question } from '../../models/questions/question.js';
import type { Letter } from '../../platform/mail.js';

/** Writes to everybody who asked this, in the one question or in those merged into it, that it was answered. That a letter fails stops nothing. */
export async function sendAnswerLetter(deps: Deps, workshop: WorkshopDocument, question: QuestionView): Promise<void> {
  const { answer, workshopId } = question;
  if (!answer) return;
  const family = (await readMerges(workshopId)).familyOf(question.id);
  const asked = await Question.find({ _id: { $in: family } }).select({ askerId: 1 }).lean();
  const askers = await Member.find({ _id: { $in: asked.map(({ askerId }) => askerId).filter((id) => String(id) !== answer.by.id) } }).lean();
  const words = { title: workshop.title, question: question.text, answer: answer.text, by: answer.by.name, link: `${deps.publicUrl}/workshops/${workshopId}/live` };
  for (const { email, language } of askers) {
    await deps.mail.send({ to: email, ...letters[language](words) }).catch((error: unknown) => deps.log.error({ err: error, questionId: question.id }, 'a letter about an answer was not sent'));
  }
}

interface Words {
  title: string;
  question: string;
  answer: string;
  by: string;
  link: string;
}

const letters: Record<'en' | 'zh-CN', (words: Words) => Omit<Letter, 'to'>> = {
  en: ({ title, question, answer, by, link }) => ({
    subject: `Your question in “${title}” was answered`,
    text: `You asked:\n\n${question}\n\n${by} answers:\n\n${answer}\n\nAll questions of the workshop: ${link}\n`,
  }),
  'zh-CN': ({ title, question, answer, by, link }) => ({
    subject: `您在“${title}”中的提问已得到回答`,
    text: `您的问题：\n\n${question}\n\n${by} 的回答：\n\n${answer}\n\n该工作坊的全部问题：${link}\n`,
  }),
};
