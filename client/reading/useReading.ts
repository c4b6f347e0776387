/** What is unread, for components. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { MessageView } from '../../shared/contracts/messages.js';
import type { ReadStateView } from '../../shared/contracts/reading.js';
import { askSoon, keyOf, stateOf, store, type At, type Reading } from './readingStore.js';

export function useReading(): Reading {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** How the member stands to a timeline; null while it is not known. A thread is asked for when it is first shown. */
export function useReadState({ roomId, threadId }: At): ReadStateView | null {
  const { isKnown, states } = useReading();
  const state = states.get(keyOf({ roomId, threadId })) ?? null;
  const isMissing = isKnown && state === null;
  useEffect(() => {
    if (isMissing) askSoon({ roomId, threadId }, 0);
  }, [isMissing, roomId, threadId]);
  return state;
}

/** How many replies of a thread the member follows are new to them, as far as that is known; nothing is asked for it. */
export function useThreadNews({ roomId, threadId }: At): number {
  return useSyncExternalStore(store.subscribe, () => {
    const state = stateOf({ roomId, threadId });
    return state?.isFollowed === true ? state.unread : 0;
  });
}

/** A room or thread with what calls the member in it. */
export interface UnreadThread extends ReadStateView {
  root: MessageView;
}

/** The threads one follows that have something unread, the latest first. */
export function useUnreadThreads(): readonly UnreadThread[] {
  const { states, roots } = useReading();
  return useMemo(() => {
    const unread = [...roots].flatMap(([key, root]) => {
      const state = states.get(key);
      return state !== undefined && state.unread > 0 ? [{ ...state, root }] : [];
    });
    return unread.toSorted((one, other) => Date.parse(other.root.thread?.lastAt ?? other.root.sentAt) - Date.parse(one.root.thread?.lastAt ?? one.root.sentAt));
  }, [states, roots]);
}

/** How many messages ask for this member: those that call them, and those in threads they follow. */
export function useCallCount(): number {
  const { states } = useReading();
  return useMemo(() => [...states.values()].reduce((sum, state) => sum + (state.threadId === null ? state.mentions : state.unread), 0), [states]);
}
