import type { Deps } from '../../deps.js';
import { Restriction } from '../../models/moderation/restriction.js';
import { tellRestriction } from './tellRestriction.js';

/**
 * Tells members whose restriction has ended by its time; each once, over all nodes. The gates need no telling: they look
 * at the end themselves. Should a node die before the telling, the member's own client knows the time as well.
 */
export async function endRestrictions(deps: Deps): Promise<void> {
  for (;;) {
    const ended = await Restriction.takeEnded(deps.now());
    if (!ended) return;
    await tellRestriction(deps, ended, true);
  }
}
