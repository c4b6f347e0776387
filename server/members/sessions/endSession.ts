import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Session } from '../../models/session.js';

/** Signs one of the member's own browsers out, at once and on every node. One that is not there, or not theirs, is out already. */
export async function endSession(deps: Deps, actor: Actor, { sessionId }: { sessionId: string }): Promise<Record<string, never>> {
  await endSessionNow(deps, actor.memberId, sessionId);
  return {};
}

/** Ends a session and all connections that stand on it. */
export async function endSessionNow(deps: Deps, memberId: string, sessionId: string): Promise<void> {
  if (await Session.end(memberId, sessionId, deps.now())) await deps.sessionEnded(sessionId);
}
