/** What concerns the end of a conversation's list: whether one is there, staying there, and what that means for what is read. */
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
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

/**
 * Keeps the end in sight while one is there, whatever grows or shrinks: a picture that loads, a keyboard that opens. The
 * end of a window of the past is none.
 *
 * @param beginsAtEnd - the list begins at its end, not at a message that was jumped to.
 */
export function useStayAtEnd(isLive: boolean, beginsAtEnd: boolean): (scroller: HTMLElement | Window | null) => void {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const now = useRef({ isLive, beginsAtEnd });
  useEffect(() => {
    now.current = { isLive, beginsAtEnd };
  }, [isLive, beginsAtEnd]);
  useEffect(() => {
    if (scroller === null) return;
    let atEnd = now.current.beginsAtEnd;
    const look = (): void => {
      atEnd = now.current.isLive && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < atEndPx;
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
