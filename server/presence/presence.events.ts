/** The calls about presence: which verb answers which. */
import { presence } from '../../shared/contracts/presence.js';
import type { Deps } from '../deps.js';
import { answerCall, type CallEntry } from '../realtime/handle.js';
import { beHeard } from './beHeard.js';
import { setStatus } from './setStatus.js';

export const presenceEvents = (deps: Deps): CallEntry[] => [
  answerCall(presence.heard, (actor) => beHeard(deps, actor)),
  answerCall(presence.setStatus, (actor, input) => setStatus(deps, actor, input)),
];
