/** The actors of this node's connections, kept for a few seconds so that a busy room does not read its members on each message. */
import type { Actor } from '../access/actor.js';

export interface Actors {
  /** @throws session.expired - the session was ended, or its member is gone. */
  get(memberId: string, sessionId: string): Promise<Actor>;
  /** Forgets what is known of a member; a read that is under way is not kept either. */
  forget(memberId: string): void;
  forgetAll(): void;
}

interface Entry {
  actor: Promise<Actor>;
  readAt: number;
}

/**
 * @param load - reads one actor from the store.
 * @param keepMs - for how long an actor may be used unread, should the news of a change be lost between nodes.
 */
export function createActors(load: (memberId: string, sessionId: string) => Promise<Actor>, keepMs = 15_000): Actors {
  const bySession = new Map<string, Entry>();
  const sessionsOf = new Map<string, Set<string>>();

  const drop = (memberId: string, sessionId: string) => {
    bySession.delete(sessionId);
    const sessions = sessionsOf.get(memberId);
    sessions?.delete(sessionId);
    if (sessions?.size === 0) sessionsOf.delete(memberId);
  };

  return {
    get(memberId, sessionId) {
      const known = bySession.get(sessionId);
      if (known && performance.now() - known.readAt < keepMs) return known.actor;
      const entry: Entry = { actor: load(memberId, sessionId), readAt: performance.now() };
      bySession.set(sessionId, entry);
      sessionsOf.set(memberId, (sessionsOf.get(memberId) ?? new Set()).add(sessionId));
      // A failed read is not remembered; whoever asked hears of it.
      entry.actor.catch(() => {
        if (bySession.get(sessionId) === entry) drop(memberId, sessionId);
      });
      return entry.actor;
    },
    forget(memberId) {
      for (const sessionId of [...(sessionsOf.get(memberId) ?? [])]) drop(memberId, sessionId);
    },
    forgetAll() {
      bySession.clear();
      sessionsOf.clear();
    },
  };
}
