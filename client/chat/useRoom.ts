import { useEffect, useState, useSyncExternalStore } from 'react';
import { RoomSession, type RoomState } from './roomSession.js';

const nothing = (): (() => void) => () => undefined;

/** A room while it is on the screen; null for the moment before it is opened. */
export interface OpenRoom {
  session: RoomSession;
  state: RoomState;
}

/** Opens the room, and closes it when the component goes or the room changes. */
export function useRoom(roomId: string): OpenRoom | null {
  const [session, setSession] = useState<RoomSession | null>(null);
  useEffect(() => {
    const opened = new RoomSession(roomId);
    setSession(opened);
    return () => opened.close();
  }, [roomId]);
  const state = useSyncExternalStore(session?.state.subscribe ?? nothing, () => session?.state.get() ?? null);
  return session === null || state === null || session.roomId !== roomId ? null : { session, state };
}
