import { entry } from '../../shared/contracts/rights/entry.js';
import type { Deps } from '../deps.js';
import { answerMember, type RouteEntry } from '../http/route.js';
import { explainEntry } from './explainEntry.js';
import { explainEntryOf } from './explainEntryOf.js';

/** The routes about why one may enter. */
export const rightsRoutes = (deps: Deps): RouteEntry[] => [
  answerMember(entry.mine, (actor, input) => explainEntry(deps, actor, input)),
  answerMember(entry.of, (_actor, input) => explainEntryOf(deps, input)),
];
