/** What is known of a workshop's questions: for each the newest version, whatever the order in which news arrives. Pure. */
import type { QuestionView } from '../../shared/contracts/questions.js';

export interface QuestionBook {
  known: ReadonlyMap<string, QuestionView>;
  /** Withdrawn ones with the version of their withdrawal, so that older news does not bring them back. */
  gone: ReadonlyMap<string, number>;
}

export const emptyBook: QuestionBook = { known: new Map(), gone: new Map() };

/** Takes a question as it was told; older news than what is known changes nothing. */
export function hear(book: QuestionBook, question: QuestionView): QuestionBook {
  const newest = Math.max(book.known.get(question.id)?.version ?? 0, book.gone.get(question.id) ?? 0);
  if (question.version <= newest) return book;
  return { known: new Map(book.known).set(question.id, question), gone: book.gone };
}

/** Takes away a question this member may no longer see. */
export function withdraw(book: QuestionBook, told: { questionId: string; version: number }): QuestionBook {
  if ((book.known.get(told.questionId)?.version ?? 0) > told.version) return book;
  const known = new Map(book.known);
  known.delete(told.questionId);
  return { known, gone: new Map(book.gone).set(told.questionId, told.version) };
}

/** The whole list as asked for, at the begin of a (re)connection: what is not in it is gone. News told since the asking is replayed over it by the caller. */
export function relist(book: QuestionBook, list: readonly QuestionView[]): QuestionBook {
  const known = list.map((question): [string, QuestionView] => {
    const before = book.known.get(question.id);
    return [question.id, before && before.version > question.version ? before : question];
  });
  return { known: new Map(known), gone: book.gone };
}

/** Oldest first, as they were asked. */
export function byAge(book: QuestionBook): QuestionView[] {
  return [...book.known.values()].sort((a, b) => a.askedAt.localeCompare(b.askedAt) || a.id.localeCompare(b.id));
}
