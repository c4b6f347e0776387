import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Session } from '../../models/session.js';
import { endSessionNow } from './endSession.js';
import { hashToken, type RefreshToken } from './refreshTokens.js';

/** Signs this browser out: by its access token, and by its refresh cookie where it has one. Whoever is out already stays out. */
export async function signOut(deps: Deps, actor: Actor | null, brought: RefreshToken | null): Promise<Record<string, never>> {
  if (actor) await endSessionNow(deps, actor.memberId, actor.sessionId);
  const session = brought && (await Session.findFamily(hashToken(brought.family), deps.now()));
  if (session) await endSessionNow(deps, String(session.memberId), String(session._id));
  return {};
}
