/** The community's routes: which verb answers which. */
import { community } from '../../shared/contracts/community.js';
import type { Deps } from '../deps.js';
import { answerAnyone, answerMember, type RouteEntry } from '../http/route.js';
import { readOutbox } from './readOutbox.js';
import { saveCommunity } from './saveCommunity.js';
import { showCommunity } from './showCommunity.js';

export const communityRoutes = (deps: Deps): RouteEntry[] => [
  answerAnyone(community.show, () => showCommunity(deps)),
  answerMember(community.save, (actor, input) => saveCommunity(deps, actor, input)),
  answerMember(community.outbox, (actor) => readOutbox(deps, actor)),
];
