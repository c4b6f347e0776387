import { steps } from '../../shared/contracts/live/steps.js';
import type { Deps } from '../deps.js';
import { answerCall, type CallEntry } from '../realtime/handle.js';
import { listSteps } from './listSteps.js';
import { markHelped } from './markHelped.js';
import { markStep } from './markStep.js';
import { saveSteps } from './saveSteps.js';

/** The calls about a workshop's steps. */
export const stepsEvents = (deps: Deps): CallEntry[] => [
  answerCall(steps.list, (actor, input) => listSteps(deps, actor, input)),
  answerCall(steps.save, (actor, input) => saveSteps(deps, actor, input)),
  answerCall(steps.mark, (actor, input) => markStep(deps, actor, input)),
  answerCall(steps.markHelped, (actor, input) => markHelped(deps, actor, input)),
];
