import { polls } from '../../shared/contracts/live/polls.js';
import type { Deps } from '../deps.js';
import { answerMember, type RouteEntry } from '../http/route.js';
import { exportPoll } from './export/exportPoll.js';

/** The routes about a workshop's polls. */
export const pollsRoutes = (deps: Deps): RouteEntry[] => [answerMember(polls.export, (actor, input) => exportPoll(deps, actor, input))];
