/** Going about in the list by keyboard: one message holds the list's Tab stop, the arrow keys move it, letters act on it. */
import { useCallback, useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { ListRange, VirtuosoHandle } from 'react-virtuoso';
import { useConversation } from '../acts/conversation.js';
import { useActKeys } from '../acts/useActKeys.js';
import type { Entry } from '../entries.js';
import type { Pending } from '../outbox.js';

/** The row of an entry, while it is drawn. */
export function rowOf(place: HTMLElement | null, key: string): HTMLElement | null {
  return place?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? null;
}

/** Where an arrow key leads from `at`; null for every other key. */
function nextIndex(key: string, at: number, length: number): number | null {
  const wishes: Readonly<Record<string, number>> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: length - 1 };
  const wish = wishes[key];
  return wish === undefined ? null : Math.min(length - 1, Math.max(0, wish));
}

/** Gives a row the focus, scrolled to where it can be seen. */
function focusRow(place: RefObject<HTMLElement | null>, list: VirtuosoHandle | null, { key, index }: { key: string; index: number }): void {
  const row = rowOf(place.current, key);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
  if (row === null) list?.scrollIntoView({ index, done: () => rowOf(place.current, key)?.focus({ preventScroll: true }) });
}

/** From within a message, Escape leads back to it. */
function leadBack(event: KeyboardEvent, from: HTMLElement): void {
  const row = event.key === 'Escape' ? from.closest<HTMLElement>('[data-key]') : null;
  if (row === null) return;
  row.focus();
  event.preventDefault();
}

/** The message the Tab stop is on; until somebody goes elsewhere, the newest. */
function useTabStop(newest: string | null): void {
  const { current } = useConversation();
  const newestBefore = useRef<string | null>(null);
  useEffect(() => {
    if (current.get() === null || current.get() === newestBefore.current) current.set(newest);
    newestBefore.current = newest;
  }, [current, newest]);
}

export interface Roving {
  onKeyDown: (event: KeyboardEvent) => void;
  /** Keeps the Tab stop among the rows that are drawn. */
  onRange: (range: ListRange) => void;
}

/**
 * @param place - the element around the list.
 * @param first - the index of the first entry, as the list counts.
 */
export function useRoving(place: RefObject<HTMLElement | null>, list: RefObject<VirtuosoHandle | null>, entries: readonly Entry<Pending>[], first: number): Roving {
  const { current, opened, write } = useConversation();
  const actKey = useActKeys();
  const newest = entries.at(-1)?.key ?? null;
  useTabStop(newest);
  const moveTo = (index: number): void => {
    const key = entries[index]?.key;
    if (key === undefined) return;
    current.set(key);
    focusRow(place, list.current, { key, index });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const { key } = target.dataset;
    if (key === undefined) {
      leadBack(event, target);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = entries.findIndex((entry) => entry.key === key);
    const entry = entries[at];
    const next = nextIndex(event.key, at, entries.length);
    if (next !== null) moveTo(next);
    else if (event.key === 'Escape') write();
    else if (event.key === '?') opened.set({ kind: 'shortcuts' });
    else if (entry?.kind !== 'stored' || !actKey(event, entry.message)) return;
    event.preventDefault();
  };
  const onRange = useCallback(
    ({ endIndex }: ListRange): void => {
      const key = current.get();
      if ((key !== null && rowOf(place.current, key) !== null) || place.current?.contains(document.activeElement) === true) return;
      current.set(entries[endIndex - first]?.key ?? newest);
    },
    [current, entries, first, newest, place],
  );
  return { onKeyDown, onRange };
}
