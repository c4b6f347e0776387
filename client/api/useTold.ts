/** Keeps true what is asked for once and then told of in pieces. */
import { useEffect, useEffectEvent, useState } from 'react';

export interface Told<T> {
  /** Null until it is known. */
  value: T | null;
  /** Why it could not be asked for, or null. */
  error: unknown;
  /** Takes a piece of news, told or answered; of what is not known yet, nothing. */
  apply: (news: (known: T) => T) => void;
}

/**
 * @param entries - rises whenever news may have been missed (see the live session): then it is asked for again.
 * @param ask - asks for the whole; `known` is what was known before, or null.
 * @param listen - begins to listen, hands on each piece of news, and answers what stops it.
 */
export function useTold<T>(entries: number, ask: (known: T | null) => Promise<T>, listen: (apply: Told<T>['apply']) => (() => void)[]): Told<T> {
  const [value, setValue] = useState<T | null>(null);
  const [error, setError] = useState<unknown>(null);
  const askWhole = useEffectEvent(() => ask(value));
  const listenTo = useEffectEvent(listen);
  useEffect(() => {
    let isCurrent = true;
    // Told between the asking and the answer: the whole may be older than these.
    let since: ((known: T) => T)[] | null = [];
    const off = listenTo((news) => {
      since?.push(news);
      setValue((known) => known && news(known));
    });
    askWhole()
      .then((whole) => {
        if (!isCurrent) return;
        const news = since ?? [];
        since = null;
        setValue(news.reduce((known, each) => each(known), whole));
        setError(null);
      })
      .catch((failure: unknown) => {
        if (isCurrent) setError(failure);
      });
    return () => {
      isCurrent = false;
      for (const stop of off) stop();
    };
  }, [entries]);
  return { value, error, apply: (news) => setValue((known) => known && news(known)) };
}
