/** Puts the stages of a node together: the worker is provisioned while the house already serves, the stages follow. */
import { setLogEventListeners } from 'mediasoup';
import type { Bus } from '../platform/bus.js';
import type { Nodes } from '../platform/cluster/nodes.js';
import { BranchHost } from './planes/branchHost.js';
import type { PipeListen } from './planes/nodePipe.js';
import { holderOverBus, tellPipeNews } from './planes/pipeMessages.js';
import type { Act } from './stage/stageActs.js';
import { createTrials } from './check/trials.js';
import { StageDirectory } from './stageDirectory.js';
import { StageHost } from './stageHost.js';
import type { StageLeases } from './stageLeases.js';
import type { StageNews, Stages } from './stages.js';
import { layerSettleMs } from './mediaSettings.js';
import type { Relay } from './relay.js';
import type { MediaPlace } from './workerPool.js';
import { PlaceSupply, type PlaceSupplyOptions } from './workers/placeSupply.js';

export interface StagesOptions extends PlaceSupplyOptions {
  bus: Bus;
  /** Who holds which stage: `memoryStageLeases` for a node that is alone, else `redisStageLeases`. */
  leases: StageLeases;
  /** The other nodes, on which stages may stand when this one is about to leave. */
  nodes: Nodes;
  /** Where this node receives what others pipe to it. */
  pipes: Omit<PipeListen, 'listenIp'>;
  /** The relays that a member may use. */
  relay: Relay;
  /** How long a layer that nobody receives is asked for still; milliseconds. */
  layerSettleMs?: number;
  onNews: (news: StageNews) => void;
}

/** Returns at once; until the worker is there, whoever joins is told that live video is being prepared. */
export function createStages(options: StagesOptions): Stages {
  const { bus, log, now, leases, nodes, onNews } = options;
  setLogEventListeners({ onwarn: (where, text) => log.warn({ where }, text), onerror: (where, text) => log.error({ where }, text) });
  const lose = (place: MediaPlace): void => {
    host.workerGone(place);
    branches.placeGone(place);
  };
  const supply = new PlaceSupply(options, lose);
  const ground = { log, onNews, layerSettleMs: options.layerSettleMs ?? layerSettleMs, pipes: { ...options.pipes, listenIp: options.listenIp }, pickPlace: () => supply.pick(), spillTo: (standing: readonly MediaPlace[]) => supply.spillTo(standing) };
  const host = new StageHost({ ...ground, nodeId: bus.nodeId, leases, now, tellPipe: (nodeId, news) => tellPipeNews(bus, log, nodeId, news) });
  const branches = new BranchHost({ ...ground, holder: (nodeId) => holderOverBus(bus, log, nodeId) });
  const directory = new StageDirectory({ bus, host, branches, canShow: () => supply.isReady && !host.isLeaving, leases, nodes, log, now, onNews });

  const close = async (): Promise<void> => {
    directory.close();
    await supply.stop();
    await branches.close();
    await host.close();
    await supply.close();
  };
  let closing: Promise<void> | null = null;
  return {
    status: () => supply.status,
    describe: () => supply.describe(),
    onStatus: (hear) => supply.onStatus(hear),
    join: async (workshopId, guest, mayPresent) => ({ ...(await directory.join(workshopId, guest, mayPresent)), ice: options.relay(guest.person.id) }),
    leave: (workshopId, connectionId) => directory.leave(workshopId, connectionId),
    ...actsOn(directory),
    iceServers: (memberId) => options.relay(memberId),
    endPresenting: (workshopId, connectionId) => directory.endPresenting(workshopId, connectionId),
    pauseTracksOf: (workshopId, memberId, kind) => directory.pauseTracksOf(workshopId, memberId, kind),
    end: (workshopId) => directory.end(workshopId),
    announceMove: () => directory.announceMove(),
    moveOut: () => directory.moveOut(),
    trials: createTrials(options.announcedAddress, () => supply.pick()),
    count: () => host.standing().length,
    hasSeat: (connectionId) => directory.hasSeat(connectionId),
    close: () => (closing ??= close()),
  };
}

/** What guests do on stages they have joined. */
function actsOn(directory: StageDirectory): Pick<Stages, Act> {
  return {
    look: (connectionId, input) => directory.act('look', connectionId, input),
    probe: (connectionId, input) => directory.act('probe', connectionId, input),
    connect: (connectionId, input) => directory.act('connect', connectionId, input),
    present: (connectionId, input) => directory.act('present', connectionId, input),
    produce: (connectionId, input) => directory.act('produce', connectionId, input),
    consume: (connectionId, input) => directory.act('consume', connectionId, input),
    resume: (connectionId, input) => directory.act('resume', connectionId, input),
    preferLayers: (connectionId, input) => directory.act('preferLayers', connectionId, input),
    pauseConsumers: (connectionId, input) => directory.act('pauseConsumers', connectionId, input),
    pauseTrack: (connectionId, input) => directory.act('pauseTrack', connectionId, input),
    closeTrack: (connectionId, input) => directory.act('closeTrack', connectionId, input),
    restartIce: (connectionId, input) => directory.act('restartIce', connectionId, input),
  };
}
