import { useEffect, useState, useSyncExternalStore } from 'react';
import { TimelineSession } from './session/timelineSession.js';
import type { TimelineState } from './session/timelineState.js';

const nothing = (): (() => void) => () => undefined;

/** A timeline while it is on the screen; null for the moment before it is opened. */
export interface OpenTimeline {
  session: TimelineSession;
  state: TimelineState;
}

/**
 * Opens a room's own timeline, or a thread's, and closes it when the component goes or another one is asked for.
 * @param target - the `seq` of the message to show: at once when it opens, and again whenever it becomes another one.
 * @param visit - names the wish to see it: another one shows the same message again.
 */
export function useTimeline(roomId: string, threadId: string | null, target: number | null = null, visit = ''): OpenTimeline | null {
  const [session, setSession] = useState<TimelineSession | null>(null);
  const [startAt] = useState({ target });
  useEffect(() => {
    const opened = new TimelineSession({ roomId, threadId }, startAt.target);
    setSession(opened);
    return () => opened.close();
  }, [roomId, threadId, startAt]);
  useEffect(() => {
    if (session !== null && target !== null && session.state.get().status === 'in') void session.walk.standAt(target);
  }, [session, target, visit]);
  const state = useSyncExternalStore(session?.state.subscribe ?? nothing, () => session?.state.get() ?? null);
  const isTheOne = session !== null && session.place.roomId === roomId && session.place.threadId === threadId;
  return isTheOne && state !== null ? { session, state } : null;
}
