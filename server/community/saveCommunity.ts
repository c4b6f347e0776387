import type { CommunityView, SaveCommunity } from '../../shared/contracts/community.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Community } from '../models/community.js';
import { viewCommunity } from './community.views.js';

/** Gives the community its name and tagline. */
export async function saveCommunity(deps: Deps, _actor: Actor, input: SaveCommunity): Promise<CommunityView> {
  return viewCommunity(deps, await Community.save(input));
}
