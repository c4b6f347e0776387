import { onStage } from '../../shared/contracts/live/onStage.js';
import type { Deps } from '../deps.js';
import { answerCall, type CallEntry } from '../realtime/handle.js';
import { lowerHand } from './hands/lowerHand.js';
import { lowerHandOf } from './hands/lowerHandOf.js';
import { raiseHand } from './hands/raiseHand.js';
import { handOver } from './hosting/handOver.js';
import { lockStage } from './hosting/lockStage.js';
import { silence } from './hosting/silence.js';
import { takeOffStage } from './hosting/takeOffStage.js';
import { acceptInvitation } from './invitations/acceptInvitation.js';
import { declineInvitation } from './invitations/declineInvitation.js';
import { invite } from './invitations/invite.js';
import { withdrawInvitation } from './invitations/withdrawInvitation.js';
import { showOnStage } from './showOnStage.js';
import { stepDown } from './stepDown.js';

/** The calls about who is on stage and who wants to be. */
export const onStageEvents = (deps: Deps): CallEntry[] => [
  answerCall(onStage.show, (actor, input) => showOnStage(deps, actor, input)),
  answerCall(onStage.raiseHand, (actor, input) => raiseHand(deps, actor, input)),
  answerCall(onStage.lowerHand, (actor, input) => lowerHand(deps, actor, input)),
  answerCall(onStage.lowerHandOf, (actor, input) => lowerHandOf(deps, actor, input)),
  answerCall(onStage.invite, (actor, input) => invite(deps, actor, input)),
  answerCall(onStage.withdrawInvitation, (actor, input) => withdrawInvitation(deps, actor, input)),
  answerCall(onStage.acceptInvitation, (actor, input) => acceptInvitation(deps, actor, input)),
  answerCall(onStage.declineInvitation, (actor, input) => declineInvitation(deps, actor, input)),
  answerCall(onStage.takeOffStage, (actor, input) => takeOffStage(deps, actor, input)),
  answerCall(onStage.stepDown, (actor, input) => stepDown(deps, actor, input)),
  answerCall(onStage.silence, (actor, input) => silence(deps, actor, input)),
  answerCall(onStage.lock, (actor, input) => lockStage(deps, actor, input)),
  answerCall(onStage.handOver, (actor, input) => handOver(deps, actor, input)),
];
