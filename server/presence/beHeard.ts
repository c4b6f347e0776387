import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';

/** The member is at the keyboard. Answers with the house's time. */
export async function beHeard(deps: Deps, actor: Actor): Promise<{ heardAt: string }> {
  deps.here.heard(actor.memberId);
  return Promise.resolve({ heardAt: deps.now().toISOString() });
}
