/** A member's stay in a workshop, for components. */
import { useEffect, useSyncExternalStore } from 'react';
import { liveSessionOf, type LiveSession, type Presence } from './liveSession.js';

/** Is in the workshop while the component stands. */
export function useLiveSession(workshopId: string, memberId: string): LiveSession {
  const session = liveSessionOf(workshopId, memberId);
  useEffect(() => session.hold(), [session]);
  return session;
}

/** How the member stands in the workshop; renders again when that changes. */
export function usePresence(session: LiveSession): Presence {
  return useSyncExternalStore(session.subscribe, session.presence);
}
