import { isPublic } from '../../access/questions/accessQuestion.js';
import type { Deps } from '../../deps.js';
import { Attendance } from '../../models/attendance/stay.js';
import { Member } from '../../models/member.js';
import { Question, type QuestionFacts } from '../../models/questions/question.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import type { Letter } from '../../platform/mail.js';

/**
 * Writes to whoever asked one of the merged questions that it is counted with another from now on. Those who are in the
 * workshop have seen it, and whoever asked both has lost nothing. A question that waits for the hosts is shown to nobody, here
 * either. That a letter fails stops nothing.
 */
export async function sendMergeLetters(deps: Deps, workshop: WorkshopDocument, mergedIds: readonly string[], into: QuestionFacts): Promise<void> {
  const workshopId = String(workshop._id);
  const asked = await Question.find({ _id: { $in: mergedIds }, askerId: { $ne: into.askerId } }).select({ askerId: 1, text: 1 }).lean();
  const inside = new Set((await Attendance.insideNow(workshopId, deps.now())).map(String));
  const textOf = new Map(asked.filter(({ askerId }) => !inside.has(String(askerId))).map(({ askerId, text }) => [String(askerId), text]));
  const link = `${deps.publicUrl}/workshops/${workshopId}/live`;
  for (const { _id, email, language } of await Member.find({ _id: { $in: [...textOf.keys()] } }).lean()) {
    const words = { title: workshop.title, question: textOf.get(String(_id)) ?? '', with: isPublic(into) ? into.text : null, link };
    await deps.mail.send({ to: email, ...letters[language](words) }).catch((error: unknown) => deps.log.error({ err: error, questionId: String(into._id) }, 'a letter about a merged question was not sent'));
  }
}

interface Words {
  title: string;
  question: string;
  with: string | null;
  link: string;
}

const letters: Record<'en' | 'zh-CN', (words: Words) => Omit<Letter, 'to'>> = {
  en: ({ title, question, with: other, link }) => ({
    subject: `Your question in “${title}” is counted with another`,
    text: `You asked:\n\n${question}\n\nSomebody had asked the same already, so the two are one now, with the votes of both${other === null ? '.' : `:\n\n${other}`}\n\nAll questions of the workshop: ${link}\n`,
  }),
  'zh-CN': ({ title, question, with: other, link }) => ({
    subject: `您在“${title}”中的提问已与相同的问题合并`,
    text: `您的问题：\n\n${question}\n\n此前已有人提出相同的问题，两者现已合并，票数一并计入${other === null ? '。' : `：\n\n${other}`}\n\n该工作坊的全部问题：${link}\n`,
  }),
};
