/** The tiers' routes: which verb answers which. */
import { tiers } from '../../shared/contracts/tiers.js';
import type { Deps } from '../deps.js';
import { answerAnyone, answerMember, type RouteEntry } from '../http/route.js';
import { listTiers } from './listTiers.js';
import { saveTier } from './saveTier.js';

export const tiersRoutes = (deps: Deps): RouteEntry[] => [
  answerAnyone(tiers.list, () => listTiers()),
  answerMember(tiers.save, (actor, input) => saveTier(deps, actor, input)),
];
