import type { SignedInView } from '../../../shared/contracts/members.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Session } from '../../models/session.js';
import { viewSignedIn } from '../members.views.js';

/** The member's signed-in browsers, the one used last first. */
export async function listSessions(deps: Deps, actor: Actor): Promise<SignedInView[]> {
  const sessions = await Session.listLive(actor.memberId, deps.now());
  return sessions.map((session) => viewSignedIn(actor, session));
}
