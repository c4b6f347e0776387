/** The tiers' routes: which verb answers which. */
import { prices } from '../../shared/contracts/memberships/prices.js';
import { tiers } from '../../shared/contracts/tiers.js';
import type { Deps } from '../deps.js';
import { answerAnyone, answerMember, type RouteEntry } from '../http/route.js';
import { closePrice } from './closePrice.js';
import { listPrices } from './listPrices.js';
import { listTiers } from './listTiers.js';
import { saveTier } from './saveTier.js';
import { setPrice } from './setPrice.js';

export const tiersRoutes = (deps: Deps): RouteEntry[] => [
  answerAnyone(tiers.list, () => listTiers()),
  answerMember(tiers.save, (actor, input) => saveTier(deps, actor, input)),
  answerMember(prices.list, () => listPrices()),
  answerMember(prices.set, (actor, input) => setPrice(deps, actor, input)),
  answerMember(prices.close, (actor, input) => closePrice(deps, actor, input)),
];
