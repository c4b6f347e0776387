/**
 * Keeping the reader's place while rows grow: a reaction comes, code is coloured, a thread begins, a keyboard opens. At the
 * live end the end stays in sight; elsewhere the first whole row in sight stays where it is, to the pixel.
 *
 * The list itself makes up for growth only while it is scrolled upward, and then for growth below the place too. It does
 * so one frame later; what is set right here is set right before that frame is drawn, and once more after the list's own
 * turn in the next.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { atEndPx } from './useListEnd.js';

/** While the list goes somewhere by itself (it opens, a page comes in above, a message is jumped to), it is left alone for so long (ms). */
const openingMs = 900;
const movingMs = 400;
/** Whoever scrolls has no place to keep; they have one again so long (ms) after. */
const scrollingMs = 150;

interface Anchor {
  key: string;
  /** Below the upper edge of the list (px). */
  top: number;
}

function topIn(scroller: HTMLElement, row: Element): number {
  return row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}

/** The first row that begins in sight. */
function findAnchor(scroller: HTMLElement): Anchor | null {
  for (const row of scroller.querySelectorAll<HTMLElement>('[data-key]')) {
    const top = topIn(scroller, row);
    if (top >= 0) return { key: row.dataset['key'] ?? '', top };
  }
  return null;
}

/** Puts the anchor back to where it was. */
function putBack(scroller: HTMLElement, { key, top }: Anchor): void {
  const row = scroller.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const moved = row === null ? 0 : topIn(scroller, row) - top;
  if (Math.abs(moved) >= 0.5) scroller.scrollTop += moved;
}

/** What the list is about, as it was last drawn. */
interface Standing {
  /** The end of a window of the past is no end to stay at. */
  isLive: boolean;
  /** The index of the first entry: it falls when a page comes in above. */
  first: number;
  /** What was jumped to. */
  target: object | null;
}

function watch(scroller: HTMLElement, standing: { readonly current: Standing }, quiet: { current: number }): () => void {
  let isAtEnd = standing.current.isLive && standing.current.target === null;
  let anchor: Anchor | null = null;
  let setTo = -1;
  let top = scroller.scrollTop;
  const look = (): void => {
    if (Math.abs(scroller.scrollTop - setTo) >= 1) quiet.current = Math.max(quiet.current, performance.now() + scrollingMs);
    const isNear = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < atEndPx;
    // Where much is said at once the end runs ahead of the list; only whoever goes upward leaves it.
    const isOvertaken = isAtEnd && !isNear && scroller.scrollTop >= top - 1;
    isAtEnd = standing.current.isLive && (isNear || isOvertaken);
    anchor = isAtEnd ? null : findAnchor(scroller);
    if (isAtEnd && !isNear) keep();
    top = scroller.scrollTop;
  };
  const keep = (): void => {
    if (isAtEnd) scroller.scrollTop = scroller.scrollHeight;
    else if (anchor !== null && performance.now() > quiet.current) {
      putBack(scroller, anchor);
      setTo = scroller.scrollTop;
    }
  };
  const sizes = new ResizeObserver(() => {
    keep();
    requestAnimationFrame(keep);
  });
  scroller.addEventListener('scroll', look, { passive: true });
  // What grows within the list is the element that holds its rows.
  for (const watched of [scroller, scroller.querySelector('[data-testid="virtuoso-item-list"]')]) if (watched !== null) sizes.observe(watched);
  return () => {
    scroller.removeEventListener('scroll', look);
    sizes.disconnect();
  };
}

/** Keeps the place in a list; the answer is to be given the list's scrolling element. */
export function useKeepPlace({ isLive, first, target }: Standing): (scroller: HTMLElement | Window | null) => void {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const standing = useRef<Standing>({ isLive, first, target });
  const quiet = useRef(0);
  useEffect(() => {
    const before = standing.current;
    standing.current = { isLive, first, target };
    if (before.first !== first || before.target !== target) quiet.current = Math.max(quiet.current, performance.now() + movingMs);
  }, [isLive, first, target]);
  useEffect(() => {
    if (scroller === null) return;
    quiet.current = performance.now() + openingMs;
    return watch(scroller, standing, quiet);
  }, [scroller]);
  return useCallback((found) => setScroller(found instanceof HTMLElement ? found : null), []);
}
