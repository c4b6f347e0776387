import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import type { Language } from '../../../shared/roles.js';

interface Words {
  title: (workshop: string) => string;
  asked: (votes: number, by: string | null) => string;
  answered: (by: string) => string;
  inTalk: (clock: string) => string;
  answeredLive: string;
  open: string;
}

const words: Record<Language, Words> = {
  en: {
    title: (workshop) => `Questions and answers: ${workshop}`,
    asked: (votes, by) => [by && `Asked by ${by}`, `${votes} ${votes === 1 ? 'vote' : 'votes'}`].filter(Boolean).join(' · '),
    answered: (by) => `Answered by ${by}`,
    inTalk: (clock) => `In the workshop at ${clock}`,
    answeredLive: 'Answered in the workshop.',
    open: 'Still open',
  },
  'zh-CN': {
    title: (workshop) => `问答：${workshop}`,
    asked: (votes, by) => [by && `提问：${by}`, `${votes} 票`].filter(Boolean).join(' · '),
    answered: (by) => `回答：${by}`,
    inTalk: (clock) => `工作坊内 ${clock} 处`,
    answeredLive: '已在工作坊中现场回答。',
    open: '尚未回答',
  },
};

/** The questions as a page of Markdown (CommonMark): the answered ones in the order they were answered, then the open ones by their votes. */
export function toFaq(title: string, questions: readonly QuestionView[], language: Language): string {
  const said = words[language];
  const answered = questions.filter(({ state }) => state === 'answered').toSorted((one, other) => (one.answeredAt ?? '').localeCompare(other.answeredAt ?? ''));
  const open = questions.filter(({ state }) => state !== 'answered').toSorted((one, other) => other.votes - one.votes);
  const parts = [`# ${plain(said.title(title))}`, ...answered.map((question) => entry(question, said))];
  if (open.length > 0) parts.push(`## ${said.open}`, open.map(({ text, votes, asker }) => `- ${plain(text)} (${plain(said.asked(votes, asker?.name ?? null))})`).join('\n'));
  return `${parts.join('\n\n')}\n`;
}

function entry({ text, votes, asker, answer, chapterSeconds }: QuestionView, said: Words): string {
  const facts = [said.asked(votes, asker?.name ?? null), answer && said.answered(answer.by.name), chapterSeconds !== null && said.inTalk(clockOf(chapterSeconds))];
  return [`## ${plain(text)}`, `*${facts.filter((fact) => typeof fact === 'string').map(plain).join(' · ')}*`, answer?.text ?? said.answeredLive].join('\n\n');
}

/** One line in which nothing is Markdown: what a member wrote must not become a heading, a link or HTML of somebody's docs. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~&!]/g, (mark) => `\\${mark}`);
}

/** h:mm:ss, or m:ss below an hour. */
function clockOf(seconds: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
