import { workshops } from '../../shared/contracts/workshops.js';
import type { Deps } from '../deps.js';
import { answerAnyone, answerMember, type RouteEntry } from '../http/route.js';
import { listWorkshops } from './listWorkshops.js';
import { changeSale } from './publishing/changeSale.js';
import { publishWorkshop } from './publishWorkshop.js';
import { showWorkshop } from './showWorkshop.js';

/** The routes about workshops. */
export const workshopsRoutes = (deps: Deps): RouteEntry[] => [
  answerAnyone(workshops.list, ({ actor }) => listWorkshops(deps, actor)),
  answerAnyone(workshops.show, ({ actor, input }) => showWorkshop(deps, actor, input)),
  answerMember(workshops.publish, (actor, input) => publishWorkshop(deps, actor, input)),
  answerMember(workshops.changeSale, (actor, input) => changeSale(deps, actor, input)),
];
