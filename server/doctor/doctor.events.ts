import { doctor } from '../../shared/contracts/live/doctor.js';
import type { Deps } from '../deps.js';
import { answerCall, type CallEntry } from '../realtime/handle.js';
import { connectTrial } from './connectTrial.js';
import { lookAtSetup } from './lookAtSetup.js';
import { openTrial } from './openTrial.js';
import { probeTrial } from './probeTrial.js';
import { resumeTrial } from './resumeTrial.js';

/** The calls by which a browser's road to this node is tried. */
export const doctorEvents = (deps: Deps): CallEntry[] => [
  answerCall(doctor.look, (actor) => lookAtSetup(deps, actor)),
  answerCall(doctor.open, (actor, _input, connection) => openTrial(deps, actor, connection)),
  answerCall(doctor.connect, (actor, input, connection) => connectTrial(deps, actor, input, connection)),
  answerCall(doctor.probe, (actor, input, connection) => probeTrial(deps, actor, input, connection)),
  answerCall(doctor.resume, (actor, input, connection) => resumeTrial(deps, actor, input, connection)),
];
