import { loadActor, type Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';

/**
 * Proves an access token and reads whom it names afresh.
 *
 * @throws session.expired - the token has expired or is not ours, the session was ended, or its member is gone.
 */
export function authenticate(deps: Pick<Deps, 'tokens' | 'now'>): (token: string) => Promise<Actor> {
  return async (token) => {
    const { memberId, sessionId } = deps.tokens.verify(token);
    return loadActor(memberId, sessionId, deps.now());
  };
}
