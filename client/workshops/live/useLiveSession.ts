/** A workshop's stay, as hooks. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { holdLiveSession, type LiveSession, type Presence } from './liveSession.js';

/** Enters the workshop while the component stands; null until then. */
export function useLiveSession(workshopId: string, memberId: string): LiveSession | null {
  const [session, setSession] = useState<LiveSession | null>(null);
  useEffect(() => {
    const hold = holdLiveSession(workshopId, memberId);
    setSession(hold.session);
    return hold.release;
  }, [workshopId, memberId]);
  return session?.workshopId === workshopId ? session : null;
}

export function usePresence(session: LiveSession): Presence {
  return useSyncExternalStore(session.subscribe, session.presence);
}
