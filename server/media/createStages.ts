/** Puts the stages of a node together: the worker is provisioned while the house already serves, the stages follow. */
import { setLogEventListeners } from 'mediasoup';
import type { MediaStatus } from '../../shared/contracts/community.js';
import { AppError } from '../../shared/failures.js';
import type { Bus } from '../platform/bus.js';
import type { Logger } from '../platform/logger.js';
import type { Provision, ReportProgress } from './provisionWorker.js';
import { StageDirectory } from './stageDirectory.js';
import { StageHost } from './stageHost.js';
import type { StageLeases } from './stageLeases.js';
import type { StageNews, Stages } from './stages.js';
import { WorkerPool, type MediaPlace, type WorkerPoolOptions } from './workerPool.js';

export interface StagesOptions extends Pick<WorkerPoolOptions, 'listenIp' | 'announcedAddress' | 'port' | 'coolDownMs'> {
  bus: Bus;
  log: Logger;
  now: () => Date;
  /** Who holds which stage: `memoryStageLeases` for a node that is alone, else `redisStageLeases`. */
  leases: StageLeases;
  /** How many media workers. */
  workers: number;
  /** Gets hold of the worker program, telling how far it is; `signal` says that nobody waits for it any more. */
  provide: (report: ReportProgress, signal: AbortSignal) => Promise<Provision>;
  onNews: (news: StageNews) => void;
}

/** Returns at once; until the worker is there, whoever joins is told that live video is being prepared. */
export function createStages(options: StagesOptions): Stages {
  const { bus, log, now, leases, onNews } = options;
  setLogEventListeners({ onwarn: (where, text) => log.warn({ where }, text), onerror: (where, text) => log.error({ where }, text) });
  const supply = new PlaceSupply(options, (place) => host.workerGone(place));
  const host: StageHost = new StageHost({ nodeId: bus.nodeId, leases, log, now, onNews, pickPlace: () => supply.pick() });
  const directory = new StageDirectory({ bus, host, leases, log, now, onNews });

  const close = async (): Promise<void> => {
    directory.close();
    await supply.stop();
    await host.close();
    await supply.close();
  };
  let closing: Promise<void> | null = null;
  return {
    status: () => supply.status,
    onStatus: (hear) => supply.onStatus(hear),
    join: (workshopId, guest, mayPresent) => directory.join(workshopId, guest, mayPresent),
    leave: (workshopId, connectionId) => directory.leave(workshopId, connectionId),
    connect: (connectionId, input) => directory.act('connect', connectionId, input),
    present: (connectionId, input) => directory.act('present', connectionId, input),
    produce: (connectionId, input) => directory.act('produce', connectionId, input),
    consume: (connectionId, input) => directory.act('consume', connectionId, input),
    resume: (connectionId, input) => directory.act('resume', connectionId, input),
    pauseTrack: (connectionId, input) => directory.act('pauseTrack', connectionId, input),
    closeTrack: (connectionId, input) => directory.act('closeTrack', connectionId, input),
    restartIce: (connectionId, input) => directory.act('restartIce', connectionId, input),
    endPresenting: (workshopId, connectionId) => directory.endPresenting(workshopId, connectionId),
    pauseTracksOf: (workshopId, memberId, kind) => directory.pauseTracksOf(workshopId, memberId, kind),
    end: (workshopId) => directory.end(workshopId),
    close: () => (closing ??= close()),
  };
}

/** Where stages may stand, from the moment the worker program is being looked for until the house closes. */
class PlaceSupply {
  readonly #hearers: ((status: MediaStatus) => void)[] = [];
  readonly #stopping = new AbortController();
  readonly #preparing: Promise<void>;
  #status: MediaStatus = { state: 'preparing', progress: 0, text: 'Live video is being prepared.' };
  #pool: WorkerPool | null = null;

  constructor(private readonly options: StagesOptions, private readonly onDeath: (place: MediaPlace) => void) {
    this.#preparing = this.#prepare().catch((error: unknown) => {
      options.log.error({ err: error }, 'the media worker could not be provisioned');
      this.#set({ state: 'unavailable', reason: 'The media worker could not be provisioned; the log says why.' });
    });
  }

  get status(): MediaStatus {
    return this.#status;
  }

  onStatus(hear: (status: MediaStatus) => void): void {
    this.#hearers.push(hear);
  }

  /** @throws media.preparing | media.unavailable */
  async pick(): Promise<MediaPlace> {
    if (this.#pool && !this.#stopping.signal.aborted) return this.#pool.pick();
    throw new AppError(this.#status.state === 'preparing' ? 'media.preparing' : 'media.unavailable');
  }

  /** Gives no more places. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#preparing;
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    await this.#pool?.close();
  }

  async #prepare(): Promise<void> {
    const { options } = this;
    const outcome = await options.provide((progress, text) => this.#set({ state: 'preparing', progress, text }), this.#stopping.signal);
    if (this.#stopping.signal.aborted) return;
    if ('unavailable' in outcome) {
      this.#set({ state: 'unavailable', reason: outcome.unavailable });
      return;
    }
    this.#pool = new WorkerPool({
      ...options,
      bin: outcome.bin,
      count: options.workers,
      onDeath: this.onDeath,
      onHealth: (problem) => this.#set(problem === null ? { state: 'ready' } : { state: 'unavailable', reason: problem }),
    });
  }

  #set(status: MediaStatus): void {
    this.#status = status;
    for (const hear of this.#hearers) hear(status);
  }
}
