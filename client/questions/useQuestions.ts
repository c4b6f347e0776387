/** The questions of a workshop, kept true while one is in it. */
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { call, on } from '../api/socket.js';
import { community } from '../../shared/contracts/community.js';
import { questions, type QueueSettings, type QuestionView, type VoteQuestion } from '../../shared/contracts/live/questions.js';
import { asks, edits, retractions, votes } from './outbox.js';
import { byAge, count, emptyBook, hear, relist, settle, takeMyVotes, votedIn, withdraw, type QuestionBook } from './questionBook.js';

export interface Questions {
  /** Oldest first; null until they are known. */
  all: QuestionView[] | null;
  /** Those the reader votes for. */
  voted: ReadonlySet<string>;
  settings: QueueSettings | null;
  /** Why they could not be asked for, or null. */
  error: unknown;
  /** Takes what a call answered, ahead of the push that tells everybody. */
  take: (question: QuestionView) => void;
}

type News = (book: QuestionBook) => QuestionBook;

/**
 * @param entries rises with each entering of the workshop (see the live session); with each the whole queue is asked for
 * again, since pushes are told once and may have been missed in between.
 */
export function useQuestions(workshopId: string, entries: number): Questions {
  const [book, setBook] = useState<QuestionBook | null>(null);
  const [error, setError] = useState<unknown>(null);
  const apply = useRef((news: News): void => setBook((known) => known && news(known)));

  useEffect(() => {
    let isCurrent = true;
    // Told between an asking and its answer: the list may be older than these.
    const askings = new Set<News[]>();
    const tell = (news: News): void => {
      for (const since of askings) since.push(news);
      setBook((known) => known && news(known));
    };
    apply.current = tell;
    const ask = async () => {
      const since: News[] = [];
      askings.add(since);
      try {
        const queue = await call(questions.list, { workshopId });
        if (!isCurrent) return;
        setBook((known) => since.reduce((now, each) => each(now), relist(known ?? emptyBook, queue)));
        setError(null);
      } catch (failure) {
        if (isCurrent) setError(failure);
      } finally {
        askings.delete(since);
      }
    };
    const off = [...hearNews(workshopId, tell), on(community.resync, () => void ask())];
    void ask();
    return () => {
      isCurrent = false;
      off.forEach((stop) => stop());
    };
  }, [workshopId, entries]);

  const all = useMemo(() => book && byAge(book), [book]);
  const voted = useMemo(() => votedIn(book ?? emptyBook), [book]);
  const take = useCallback((question: QuestionView) => apply.current((known) => hear(known, question)), []);
  return { all, voted, settings: book?.settings?.settings ?? null, error, take };
}

/** Everything that is told of one workshop's questions. */
function hearNews(workshopId: string, tell: (news: News) => void): (() => void)[] {
  const here = <D extends { workshopId: string }>(news: (data: D) => News) => (data: D): void => {
    if (data.workshopId === workshopId) tell(news(data));
  };
  return [
    on(questions.changed, here((question) => (known) => hear(known, question))),
    on(questions.withdrawn, here((told) => (known) => withdraw(known, told))),
    // Hundreds of counts may change at once: they are drawn in between of what somebody is doing.
    on(questions.voted, (told) => startTransition(() => here<typeof told>((counted) => (known) => count(known, counted))(told))),
    on(questions.myVote, here(({ myVotes }) => (known) => takeMyVotes(known, myVotes))),
    on(questions.queueChanged, here((told) => (known) => settle(known, told))),
    ...[asks, edits, retractions].map((wishes) => wishes.onTaken((_wish, question) => here<QuestionView>((one) => (known) => hear(known, one))(question))),
    votes.onTaken((vote, reply) => here<VoteQuestion>(({ questionId }) => (known) => {
      // As new as what is known: the count that is told to everybody comes later, and is newer.
      const rev = Math.max(known.known.get(questionId)?.rev ?? 0, known.counted.get(questionId) ?? 0);
      return count(takeMyVotes(known, reply.myVotes), { rev, votes: [{ questionId, votes: reply.votes }] });
    })(vote)),
  ];
}
