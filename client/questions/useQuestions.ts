/** The questions of a workshop, kept true while one is in it. */
import { useEffect, useMemo, useState } from 'react';
import { call, on } from '../api/socket.js';
import { questions, type QuestionView } from '../../shared/contracts/questions.js';
import { byAge, emptyBook, hear, relist, withdraw, type QuestionBook } from './questionBook.js';

export interface Questions {
  /** Oldest first; null until they are known. */
  all: QuestionView[] | null;
  /** Why they could not be asked for, or null. */
  error: unknown;
  /** Takes what a call answered, ahead of the push that tells everybody. */
  take: (question: QuestionView) => void;
}

type News = (book: QuestionBook) => QuestionBook;

/**
 * @param entries rises with each entering of the workshop (see the live session); with each the whole list is asked for
 * again, since pushes are told once and may have been missed in between.
 */
export function useQuestions(workshopId: string, entries: number): Questions {
  const [book, setBook] = useState<QuestionBook | null>(null);
  const [error, setError] = useState<unknown>(null);

  useEffect(() => {
    let isCurrent = true;
    // Told between the asking and the answer: the list may be older than these.
    let since: News[] | null = [];
    const apply = (news: News) => {
      since?.push(news);
      setBook((known) => known && news(known));
    };
    const off = [
      on(questions.changed, (question) => {
        if (question.workshopId === workshopId) apply((known) => hear(known, question));
      }),
      on(questions.withdrawn, (told) => {
        if (told.workshopId === workshopId) apply((known) => withdraw(known, told));
      }),
    ];
    const ask = async () => {
      try {
        const list = await call(questions.list, { workshopId });
        if (!isCurrent) return;
        const news = since ?? [];
        since = null;
        setBook((known) => news.reduce((now, each) => each(now), relist(known ?? emptyBook, list)));
        setError(null);
      } catch (failure) {
        if (isCurrent) setError(failure);
      }
    };
    void ask();
    return () => {
      isCurrent = false;
      off.forEach((stop) => stop());
    };
  }, [workshopId, entries]);

  const all = useMemo(() => book && byAge(book), [book]);
  return { all, error, take: (question) => setBook((known) => known && hear(known, question)) };
}
