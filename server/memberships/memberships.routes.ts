import { memberships } from '../../shared/contracts/memberships/memberships.js';
import type { Deps } from '../deps.js';
import { answerMember, type RouteEntry } from '../http/route.js';
import { cancelMembership } from './changing/cancelMembership.js';
import { changeMembership } from './changing/changeMembership.js';
import { openPortal } from './portal/openPortal.js';
import { previewChange } from './changing/previewChange.js';
import { resumeMembership } from './changing/resumeMembership.js';
import { showMembership } from './showMembership.js';
import { showMine } from './showMine.js';
import { startMembership } from './starting/startMembership.js';

/** The routes about a member's own membership; `mine` stands before the one that takes an id. */
export const membershipsRoutes = (deps: Deps): RouteEntry[] => [
  answerMember(memberships.mine, (actor) => showMine(actor)),
  answerMember(memberships.start, (actor, input) => startMembership(deps, actor, input)),
  answerMember(memberships.show, (actor, input) => showMembership(deps, actor, input)),
  answerMember(memberships.previewChange, (actor, input) => previewChange(deps, actor, input)),
  answerMember(memberships.change, (actor, input) => changeMembership(deps, actor, input)),
  answerMember(memberships.cancel, (actor) => cancelMembership(deps, actor)),
  answerMember(memberships.resume, (actor) => resumeMembership(deps, actor)),
  answerMember(memberships.openPortal, (actor, input) => openPortal(deps, actor, input)),
];
