/** What concerns the end of a conversation's list: whether one is there, staying there, and what that means for what is read. */
import { useCallback, useEffect, useState, type RefObject } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import { markRead } from '../lastRead.js';

/** Nearer to the end than this (px) counts as being there. */
export const atEndPx = 120;

/** Marks the room as read up to its newest message while the end of the list is before somebody's eyes. */
export function useMarkRead(roomId: string, top: number | null, atEnd: boolean): void {
  useEffect(() => {
    const mark = (): void => {
      if (atEnd && top !== null && document.visibilityState === 'visible') markRead(roomId, top);
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [roomId, top, atEnd]);
}

/** Keeps the end in sight while one is there, whatever grows or shrinks: a picture that loads, a keyboard that opens. */
export function useStayAtEnd(): (scroller: HTMLElement | Window | null) => void {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (scroller === null) return;
    let atEnd = true;
    const look = (): void => {
      atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < atEndPx;
    };
    const sizes = new ResizeObserver(() => {
      if (atEnd) scroller.scrollTop = scroller.scrollHeight;
    });
    scroller.addEventListener('scroll', look, { passive: true });
    for (const watched of [scroller, scroller.firstElementChild]) if (watched !== null) sizes.observe(watched);
    return () => {
      scroller.removeEventListener('scroll', look);
      sizes.disconnect();
    };
  }, [scroller]);
  return useCallback((found) => setScroller(found instanceof HTMLElement ? found : null), []);
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
