/** Reading a timeline that is open: where what is new in it begins, and that it was read. */
import { useCallback, useEffect, useState, useSyncExternalStore, type RefObject } from 'react';
import { held, letGo, markSeen } from './marks.js';
import { keyOf, stateOf, type At } from './readingStore.js';
import { useReadState } from './useReading.js';

/** Whether any of the element can be seen: a pane behind another one cannot. */
function useIsShown(place: RefObject<HTMLElement | null>): boolean {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (place.current === null) return;
    const watch = new IntersectionObserver(([entry]) => setShown(entry?.isIntersecting ?? false));
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [place]);
  return isShown;
}

/** Nothing that comes is new to whoever sees it come. */
const allSeen = Number.POSITIVE_INFINITY;

/** Up to where a timeline was read, and up to where one's own messages are new too: they were marked unread. */
interface Came {
  readSeq: number;
  ownUntil: number;
}

/**
 * Up to where the timeline was read when the reader came to it: when it was opened, or the page was put away; or to where
 * they marked it unread since. `allSeen` where there was nothing new by then; null while that is not known.
 */
function useCame(at: At): Came | null {
  const state = useReadState(at);
  const key = keyOf(at);
  const [came, setCame] = useState<(Came & { key: string }) | null>(null);
  if (state !== null && came?.key !== key) setCame({ key, readSeq: state.readSeq < state.lastSeq ? state.readSeq : allSeen, ownUntil: state.ownUntil });
  const { roomId, threadId } = at;
  useEffect(() => {
    const look = (): void => {
      const known = document.visibilityState === 'hidden' ? stateOf({ roomId, threadId }) : null;
      // Nobody sees the line move.
      if (known !== null) setCame({ key: keyOf(known), readSeq: known.readSeq, ownUntil: known.ownUntil });
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [roomId, threadId]);
  const marked = useSyncExternalStore(held.subscribe, held.get).get(key);
  if (marked !== undefined) return { readSeq: marked, ownUntil: Number.POSITIVE_INFINITY };
  return came?.key === key ? came : null;
}

export interface ReadingHere {
  /** Up to where it had been read when the reader came to it, for the line above what is new; beyond its end where all was. */
  readBefore: number | null;
  /** Up to here one's own messages are new too. */
  ownUntil: number;
  /** Everything up to this `seq` is before somebody's eyes. */
  tellRead: (seq: number) => void;
}

/** @param place - the element that shows the timeline: what it holds while it is behind another is not read. */
export function useReadingHere({ roomId, threadId }: At, place: RefObject<HTMLElement | null>): ReadingHere {
  const came = useCame({ roomId, threadId });
  // Nothing is read before it is known what was: the line above what is new would have no place.
  const isRead = useIsShown(place) && came !== null;
  const tellRead = useCallback(
    (seq: number) => {
      if (isRead && place.current?.closest('[inert]') === null) markSeen({ roomId, threadId }, seq);
    },
    [roomId, threadId, isRead, place],
  );
  useEffect(() => () => letGo({ roomId, threadId }), [roomId, threadId]);
  return { readBefore: came?.readSeq ?? null, ownUntil: came?.ownUntil ?? 0, tellRead };
}
