import { stage } from '../../../shared/contracts/live/stage.js';
import type { Deps } from '../../deps.js';
import { answerCall, type CallEntry } from '../../realtime/handle.js';
import { closeTrack } from './presenting/closeTrack.js';
import { connectTransport } from './connectTransport.js';
import { consumeTracks } from './consumeTracks.js';
import { joinStage } from './joinStage.js';
import { leaveStage } from './leaveStage.js';
import { lookAtStage } from './lobby/lookAtStage.js';
import { pauseConsumers } from './pauseConsumers.js';
import { pauseTrack } from './presenting/pauseTrack.js';
import { preferLayers } from './preferLayers.js';
import { probeLine } from './lobby/probeLine.js';
import { present } from './presenting/present.js';
import { produceTrack } from './presenting/produceTrack.js';
import { refreshIce } from './refreshIce.js';
import { restartIce } from './restartIce.js';
import { resumeTracks } from './resumeTracks.js';

/** The calls about a workshop's stage. */
export const stageEvents = (deps: Deps): CallEntry[] => [
  answerCall(stage.join, (actor, input, connection) => joinStage(deps, actor, input, connection)),
  answerCall(stage.leave, (actor, input, connection) => leaveStage(deps, actor, input, connection)),
  answerCall(stage.look, (actor, input, connection) => lookAtStage(deps, actor, input, connection)),
  answerCall(stage.probe, (actor, input, connection) => probeLine(deps, actor, input, connection)),
  answerCall(stage.connect, (actor, input, connection) => connectTransport(deps, actor, input, connection)),
  answerCall(stage.present, (actor, input, connection) => present(deps, actor, input, connection)),
  answerCall(stage.produce, (actor, input, connection) => produceTrack(deps, actor, input, connection)),
  answerCall(stage.consume, (actor, input, connection) => consumeTracks(deps, actor, input, connection)),
  answerCall(stage.resume, (actor, input, connection) => resumeTracks(deps, actor, input, connection)),
  answerCall(stage.preferLayers, (actor, input, connection) => preferLayers(deps, actor, input, connection)),
  answerCall(stage.pauseConsumers, (actor, input, connection) => pauseConsumers(deps, actor, input, connection)),
  answerCall(stage.refreshIce, (actor, input) => refreshIce(deps, actor, input)),
  answerCall(stage.pauseTrack, (actor, input, connection) => pauseTrack(deps, actor, input, connection)),
  answerCall(stage.closeTrack, (actor, input, connection) => closeTrack(deps, actor, input, connection)),
  answerCall(stage.restartIce, (actor, input, connection) => restartIce(deps, actor, input, connection)),
];
