import { audience } from '../../shared/contracts/live/audience.js';
import type { Deps } from '../deps.js';
import { answerCall, type CallEntry } from '../realtime/handle.js';
import { react } from './react.js';
import { showAudience } from './showAudience.js';

/** The calls about a workshop's audience. */
export const audienceEvents = (deps: Deps): CallEntry[] => [
  answerCall(audience.show, (actor, input) => showAudience(deps, actor, input)),
  answerCall(audience.react, (actor, input) => react(deps, actor, input)),
];
