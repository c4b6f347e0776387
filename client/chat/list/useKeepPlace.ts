/**
 * Keeping the reader's place while rows grow: a reaction comes, code is coloured, a thread begins, a keyboard opens. At the
 * live end the end stays in sight; elsewhere the first whole row in sight stays where it is, to the pixel.
 *
 * The list itself makes up for growth only while it is scrolled upward, and then for growth below the place too. It does
 * so one frame later; what is set right here is set right before that frame is drawn, and once more after the list's own
 * turn in the next.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { atEndPx } from './useListEnd.js';

/** While the list goes somewhere by itself (it opens, a page comes in above, a message is jumped to), it is left alone for so long (ms). */
const openingMs = 900;
const movingMs = 400;
/** Whoever scrolls has no place to keep; they have one again so long (ms) after. */
const scrollingMs = 150;
/** So long (ms) after a page came in above the list may still measure its rows and move. */
const settlingMs = 1_000;
/** In so many frames the list has made up for the page itself. */
const listsOwnFrames = 2;
/** A list that was given a push is heard of with every frame; one that goes somewhere by itself once or twice. */
const pushedSteps = 3;
/** By which a reader moves a list, or wants to be elsewhere. */
const readersActs = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

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

/** Keeps the place in one scrolling element while it is there. */
class PlaceKeeper {
  /** While the list moves by itself it is left alone: until then, on the clock of `performance.now()`. */
  private quietUntil = performance.now() + openingMs;
  /** What stood in sight when a page came is kept until then, whatever moves meanwhile but the reader. */
  private heldUntil = -Infinity;
  private isAtEnd: boolean;
  private anchor: Anchor | null = null;
  private setTo = -1;
  private movedAt = -Infinity;
  /** How many steps it has moved in one go. */
  private steps = 0;
  private top: number;
  private readonly sizes: ResizeObserver;

  constructor(private readonly scroller: HTMLElement, private standing: Standing) {
    this.isAtEnd = standing.isLive && standing.target === null;
    this.top = scroller.scrollTop;
    this.sizes = new ResizeObserver(() => {
      this.keep();
      requestAnimationFrame(this.keep);
    });
    scroller.addEventListener('scroll', this.look, { passive: true });
    for (const name of readersActs) document.addEventListener(name, this.release, { passive: true, capture: true });
    // What grows within the list is the element that holds its rows, with the room it keeps for those that are not drawn.
    for (const watched of [scroller, scroller.querySelector('[data-testid="virtuoso-item-list"]')]) if (watched !== null) this.sizes.observe(watched, { box: 'border-box' });
  }

  stop(): void {
    this.release();
    this.scroller.removeEventListener('scroll', this.look);
    for (const name of readersActs) document.removeEventListener(name, this.release, { capture: true });
    this.sizes.disconnect();
  }

  /** Hears what the list is about to be drawn for; what it was drawn for is still in sight. */
  stand(next: Standing): void {
    const before = this.standing;
    this.standing = next;
    if (before.first === next.first && before.target === next.target) return;
    this.quietUntil = Math.max(this.quietUntil, performance.now() + movingMs);
    if (before.target !== next.target) this.release();
    else if (!this.isAtEnd && !(this.isMoving() && this.steps >= pushedSteps)) this.hold();
  }

  private readonly look = (): void => {
    const { scroller } = this;
    if (performance.now() < this.heldUntil) return;
    if (Math.abs(scroller.scrollTop - this.setTo) >= 1) this.noteStep();
    const isNear = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < atEndPx;
    // Where much is said at once the end runs ahead of the list; only whoever goes upward leaves it.
    const isOvertaken = this.isAtEnd && !isNear && scroller.scrollTop >= this.top - 1;
    this.isAtEnd = this.standing.isLive && (isNear || isOvertaken);
    this.anchor = this.isAtEnd ? null : findAnchor(scroller);
    if (this.isAtEnd && !isNear) this.keep();
    this.top = scroller.scrollTop;
  };

  private readonly keep = (): void => {
    if (this.isAtEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
    else if (performance.now() > this.quietUntil && !this.isMoving()) this.goBack();
  };

  private isMoving(): boolean {
    return performance.now() < this.movedAt + scrollingMs;
  }

  private noteStep(): void {
    this.steps = this.isMoving() ? this.steps + 1 : 1;
    this.movedAt = performance.now();
  }

  private goBack(): void {
    if (this.anchor === null) return;
    putBack(this.scroller, this.anchor);
    this.setTo = this.scroller.scrollTop;
  }

  /** The list makes up for a page above by what it thinks its rows take, and is wrong by what it then measures. */
  private hold(): void {
    this.anchor = findAnchor(this.scroller);
    this.heldUntil = performance.now() + settlingMs;
    let frames = 0;
    const settle = (): void => {
      frames += 1;
      if (frames > listsOwnFrames) this.goBack();
      if (performance.now() < this.heldUntil) requestAnimationFrame(settle);
    };
    requestAnimationFrame(settle);
  }

  private readonly release = (): void => {
    this.heldUntil = -Infinity;
  };
}

/** Keeps the place in a list; the answer is to be given the list's scrolling element. */
export function useKeepPlace({ isLive, first, target }: Standing): (scroller: HTMLElement | Window | null) => void {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const keeper = useRef<PlaceKeeper | null>(null);
  const standing = useRef<Standing>({ isLive, first, target });
  // Before the list draws what is new: it does so once all who draw with it have been heard.
  useLayoutEffect(() => {
    standing.current = { isLive, first, target };
    keeper.current?.stand(standing.current);
  }, [isLive, first, target]);
  useEffect(() => {
    if (scroller === null) return;
    const own = new PlaceKeeper(scroller, standing.current);
    keeper.current = own;
    return () => {
      own.stop();
      keeper.current = null;
    };
  }, [scroller]);
  return useCallback((found) => setScroller(found instanceof HTMLElement ? found : null), []);
}
