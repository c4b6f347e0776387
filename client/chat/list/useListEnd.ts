/** What concerns the end of a conversation's list: whether one is there, staying there, and what that means for what is read. */
import { useEffect, useState, type RefObject } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';

/** Nearer to the end than this (px) counts as being there. */
export const atEndPx = 120;

/** Tells that everything up to `top` is read while the end of the list is before somebody's eyes. */
export function useTellRead(top: number | null, atEnd: boolean, tellRead: (seq: number) => void): void {
  useEffect(() => {
    const tell = (): void => {
      if (atEnd && top !== null && document.visibilityState === 'visible') tellRead(top);
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [top, atEnd, tellRead]);
}

/** How many messages came since the reader left the end of the list. */
export function useMissed(top: number | null, atEnd: boolean): number {
  const [leftAt, setLeftAt] = useState<number | null>(null);
  useEffect(() => {
    setLeftAt((before) => (atEnd ? null : (before ?? top)));
  }, [atEnd, top]);
  return leftAt === null || top === null ? 0 : top - leftAt;
}

/** What I write is always shown to me, wherever I was reading. `newest` names my newest message on its way. */
export function useShowMine(list: RefObject<VirtuosoHandle | null>, newest: string | undefined): void {
  useEffect(() => {
    if (newest !== undefined) requestAnimationFrame(() => list.current?.scrollToIndex({ index: 'LAST', align: 'end' }));
  }, [list, newest]);
}
