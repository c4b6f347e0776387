import { moderation } from '../../shared/contracts/moderation.js';
import type { Deps } from '../deps.js';
import { answerMember, type RouteEntry } from '../http/route.js';
import { listMine } from './restrictions/listMine.js';

/** What a restricted member may ask. */
export const moderationRoutes = (deps: Deps): RouteEntry[] => [answerMember(moderation.mine, (actor) => listMine(deps, actor))];
