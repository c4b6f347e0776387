import { workshops } from '../../shared/contracts/workshops.js';
import type { Deps } from '../deps.js';
import { answerCall, type CallEntry } from '../realtime/handle.js';
import { endWorkshop } from './endWorkshop.js';
import { enterWorkshop } from './enterWorkshop.js';
import { keepOpen } from './ending/keepOpen.js';
import { goLive } from './goLive.js';
import { leaveWorkshop } from './leaveWorkshop.js';

/** The calls about a workshop as a whole. */
export const workshopsEvents = (deps: Deps): CallEntry[] => [
  answerCall(workshops.enter, (actor, input, connection) => enterWorkshop(deps, actor, input, connection)),
  answerCall(workshops.leave, (actor, input, connection) => leaveWorkshop(deps, actor, input, connection)),
  answerCall(workshops.goLive, (actor, input) => goLive(deps, actor, input)),
  answerCall(workshops.keepOpen, (actor, input) => keepOpen(deps, actor, input)),
  answerCall(workshops.end, (actor, input) => endWorkshop(deps, actor, input)),
];
