/** An answered question as a message of a room: the question as a quotation, who asked unless they did so anonymously, and the answer. Pure. */
import type { QuestionView } from '../../../../shared/contracts/live/questions.js';

export interface CreditWords {
  asked: (name: string) => string;
  anonymous: string;
  answered: (name: string) => string;
  /** It was answered by word of mouth. */
  live: string;
}

/** Markdown. */
export function creditedText({ text, asker, isAnonymous, answer }: Pick<QuestionView, 'text' | 'asker' | 'isAnonymous' | 'answer'>, words: CreditWords): string {
  const quoted = text.split('\n').map((line) => `> ${line}`).join('\n');
  const credit = isAnonymous || !asker ? words.anonymous : words.asked(asker.name);
  return [`${quoted}\n>\n> ${credit}`, answer ? `${answer.text}\n\n${words.answered(answer.by.name)}` : words.live].join('\n\n');
}
