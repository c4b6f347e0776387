import { cancelling } from '../../../shared/contracts/tickets/cancelling.js';
import type { Deps } from '../../deps.js';
import { answerMember, type RouteEntry } from '../../http/route.js';
import { cancelWorkshop } from './cancelWorkshop.js';
import { retryCancellation } from './retryCancellation.js';
import { showCancellation } from './showCancellation.js';

/** The routes about cancelling a workshop. */
export const cancellingRoutes = (deps: Deps): RouteEntry[] => [
  answerMember(cancelling.cancel, (actor, input) => cancelWorkshop(deps, actor, input)),
  answerMember(cancelling.show, (actor, input) => showCancellation(deps, actor, input)),
  answerMember(cancelling.retry, (actor, input) => retryCancellation(deps, actor, input)),
];
