import type { MyRestriction } from '../../../shared/contracts/moderation.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';

/** What holds the asking member back now. */
export function listMine(deps: Deps, actor: Actor): Promise<MyRestriction[]> {
  const now = deps.now();
  const standing = actor.restrictions.filter(({ until }) => until === null || until > now);
  return Promise.resolve(standing.map(({ until, ...rest }) => ({ ...rest, until: until?.toISOString() ?? null })));
}
