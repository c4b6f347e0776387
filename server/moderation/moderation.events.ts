import { moderation } from '../../shared/contracts/moderation.js';
import type { Deps } from '../deps.js';
import { answerCall, type CallEntry } from '../realtime/handle.js';
import { liftRestriction } from './restrictions/liftRestriction.js';
import { listRestrictions } from './restrictions/listRestrictions.js';
import { readAudit } from './audit/readAudit.js';
import { restrictMember } from './restrictions/restrictMember.js';
import { setMode } from './mode/setMode.js';

/** The calls of those who moderate. */
export const moderationEvents = (deps: Deps): CallEntry[] => [
  answerCall(moderation.setMode, (actor, input) => setMode(deps, actor, input)),
  answerCall(moderation.restrict, (actor, input) => restrictMember(deps, actor, input)),
  answerCall(moderation.lift, (actor, input) => liftRestriction(deps, actor, input)),
  answerCall(moderation.restrictions, (actor, input) => listRestrictions(deps, actor, input)),
  answerCall(moderation.audit, (actor, input) => readAudit(deps, actor, input)),
];
