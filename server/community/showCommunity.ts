import type { CommunityView } from '../../shared/contracts/community.js';
import type { Deps } from '../deps.js';
import { Community } from '../models/community.js';
import { viewCommunity } from './community.views.js';

/** What the front page and every client must know before anyone signs in. */
export async function showCommunity(deps: Deps): Promise<CommunityView> {
  return viewCommunity(deps, await Community.show());
}
