/** Showing the message that is jumped to: the list goes there, and the keyboard with it. */
import { useEffect, useRef, type RefObject } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import type { Entry } from '../entries.js';
import type { Pending } from '../outbox.js';
import type { Target } from '../session/timelineState.js';
import { rowOf } from './useRoving.js';

/** A row can take the keyboard within so many frames after the list went there, or somebody has gone elsewhere. */
const framesMax = 120;

/** The keyboard is in this list or, as on a page that was just opened, nowhere: whoever is elsewhere stays there. */
function isHere(place: HTMLElement | null): boolean {
  return document.activeElement === null || document.activeElement === document.body || place?.contains(document.activeElement) === true;
}

/** Gives a row the keyboard once it is drawn, and a list that has just begun shows its rows. */
function focusWhenShown(place: RefObject<HTMLElement | null>, key: string): void {
  let left = framesMax;
  const look = (): void => {
    left -= 1;
    if (!isHere(place.current)) return;
    const row = rowOf(place.current, key);
    row?.focus({ preventScroll: true });
    if (left > 0 && (row === null || document.activeElement !== row)) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/**
 * Shows the message that is jumped to, when the list already holds it; one that begins there shows it by itself.
 * @param first - the index of the first entry, as the list counts.
 */
export function useTarget(place: RefObject<HTMLElement | null>, list: RefObject<VirtuosoHandle | null>, target: Target | null, { entries, first }: { entries: readonly Entry<Pending>[]; first: number }): void {
  const begunAt = useRef(target);
  const shown = useRef<Target | null>(null);
  useEffect(() => {
    if (target === null || target === shown.current) return;
    shown.current = target;
    const index = target.seq - first;
    const entry = entries[index];
    if (entry?.kind !== 'stored') return;
    if (target !== begunAt.current) list.current?.scrollToIndex({ index, align: 'center' });
    focusWhenShown(place, entry.key);
  }, [place, list, target, first, entries, begunAt, shown]);
}
