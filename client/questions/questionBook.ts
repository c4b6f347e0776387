/** What is known of a workshop's questions: for each the newest view, whatever the order in which news arrives. Pure. */
import type { MyVote, QueueSettings, QueueView, QuestionView } from '../../shared/contracts/live/questions.js';

export interface QuestionBook {
  known: ReadonlyMap<string, QuestionView>;
  /** Withdrawn ones with the `rev` of their withdrawal, so that older news does not bring them back. */
  gone: ReadonlyMap<string, number>;
  /** The `rev` under which the votes of each were last counted. */
  counted: ReadonlyMap<string, number>;
  /** One's own votes; those for merged questions count for the ones they are seen in. */
  myVotes: ReadonlyMap<string, MyVote>;
  /** Each merged question with the one it is seen in. */
  merges: ReadonlyMap<string, string>;
  settings: { rev: number; settings: QueueSettings } | null;
}

export const emptyBook: QuestionBook = { known: new Map(), gone: new Map(), counted: new Map(), myVotes: new Map(), merges: new Map(), settings: null };

/** Takes a question as it was told; older news than what is known changes nothing. */
export function hear(book: QuestionBook, question: QuestionView): QuestionBook {
  const { id, rev, mergedIntoId } = question;
  if (rev < Math.max(book.known.get(id)?.rev ?? 0, book.gone.get(id) ?? 0)) return book;
  if (question.state === 'retracted') return { ...book, known: without(book.known, id), gone: new Map(book.gone).set(id, rev) };
  const isCounted = (book.counted.get(id) ?? 0) > rev;
  const view = isCounted ? { ...question, votes: book.known.get(id)?.votes ?? question.votes } : question;
  return { ...book, known: new Map(book.known).set(id, view), merges: mergedInto(book.merges, id, mergedIntoId) };
}

/** Takes away a question this member may no longer see. */
export function withdraw(book: QuestionBook, told: { questionId: string; rev: number; mergedIntoId: string | null }): QuestionBook {
  const { questionId, rev, mergedIntoId } = told;
  if (rev < Math.max(book.known.get(questionId)?.rev ?? 0, book.gone.get(questionId) ?? 0)) return book;
  return { ...book, known: without(book.known, questionId), gone: new Map(book.gone).set(questionId, rev), merges: mergedInto(book.merges, questionId, mergedIntoId) };
}

/** Takes how many vote for some questions. */
export function count(book: QuestionBook, { rev, votes }: { rev: number; votes: readonly { questionId: string; votes: number }[] }): QuestionBook {
  const [known, counted] = [new Map(book.known), new Map(book.counted)];
  for (const one of votes) {
    const question = known.get(one.questionId);
    if (!question || rev < Math.max(question.rev, counted.get(one.questionId) ?? 0)) continue;
    counted.set(one.questionId, rev);
    if (question.votes !== one.votes) known.set(one.questionId, { ...question, votes: one.votes });
  }
  return { ...book, known, counted };
}

/** Takes what is told of one's own votes, on whichever device they were cast. */
export function takeMyVotes(book: QuestionBook, told: readonly MyVote[]): QuestionBook {
  const myVotes = new Map(book.myVotes);
  for (const vote of told) if (vote.turn >= (myVotes.get(vote.questionId)?.turn ?? 0)) myVotes.set(vote.questionId, vote);
  return { ...book, myVotes };
}

/** Takes how questions are taken from now on. */
export function settle(book: QuestionBook, told: NonNullable<QuestionBook['settings']>): QuestionBook {
  return told.rev < (book.settings?.rev ?? 0) ? book : { ...book, settings: told };
}

/** The whole queue as asked for, at the begin of a (re)connection: what is not in it is gone. News told since the asking is replayed over it by the caller. */
export function relist(book: QuestionBook, queue: QueueView): QuestionBook {
  const known = queue.questions.map((question): [string, QuestionView] => {
    const before = book.known.get(question.id);
    return [question.id, before && before.rev > question.rev ? before : question];
  });
  return {
    known: new Map(known),
    gone: book.gone,
    counted: new Map(),
    myVotes: new Map(queue.myVotes.map((vote) => [vote.questionId, vote])),
    merges: new Map(queue.merges.map(({ questionId, intoId }) => [questionId, intoId])),
    settings: { rev: queue.rev, settings: queue.settings },
  };
}

/** Oldest first, as they were asked. */
export function byAge(book: QuestionBook): QuestionView[] {
  return [...book.known.values()].sort((a, b) => a.askedAt.localeCompare(b.askedAt) || a.id.localeCompare(b.id));
}

/** The questions that one votes for, by themselves or by those that are merged into them. */
export function votedIn(book: QuestionBook): ReadonlySet<string> {
  const on = [...book.myVotes.values()].filter(({ isOn }) => isOn);
  return new Set(on.map(({ questionId }) => rootOf(book.merges, questionId)));
}

function rootOf(merges: QuestionBook['merges'], questionId: string): string {
  let root = questionId;
  for (let next = merges.get(root); next !== undefined; next = merges.get(root)) root = next;
  return root;
}

function mergedInto(merges: QuestionBook['merges'], questionId: string, intoId: string | null): QuestionBook['merges'] {
  if ((merges.get(questionId) ?? null) === intoId) return merges;
  return intoId === null ? without(merges, questionId) : new Map(merges).set(questionId, intoId);
}

function without<T>(map: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> {
  const rest = new Map(map);
  rest.delete(id);
  return rest;
}
