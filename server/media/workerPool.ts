/**
 * The media workers of this node, each with one UDP and one TCP port that all its transports share. A worker that dies is
 * replaced at once; one that keeps dying is left alone for a while, so that it does not take the machine down with it.
 */
import { createWorker } from 'mediasoup';
import type { WebRtcServer, Worker } from 'mediasoup/types';
import { AppError } from '../../shared/failures.js';
import type { Logger } from '../platform/logger.js';
import { leastLoaded, spill, type WorkerLoad } from './workers/chooseWorker.js';
import { watchCpu } from './workers/cpuWatch.js';

/** A living worker, and the planes that stand on it. */
export class MediaPlace implements WorkerLoad {
  readonly planes = new Set<{ weight(): number }>();
  cpu = 0;

  constructor(readonly worker: Worker, readonly server: WebRtcServer) {}

  weight(): number {
    let weight = 0;
    for (const plane of this.planes) weight += plane.weight();
    return weight;
  }
}

export interface WorkerPoolOptions {
  /** The mediasoup-worker program. */
  bin: string;
  count: number;
  listenIp: string;
  /** Address or host name that browsers send media to. */
  announcedAddress: string;
  /** The first worker's port, the others count up from it; 0 takes free ones. */
  port: number;
  now: () => Date;
  log: Logger;
  /** A worker is gone, and all that stood on it with it. */
  onDeath(place: MediaPlace): void;
  /** Null when there is a worker to stand on, else why there is none. Told at the start and at each change. */
  onHealth(problem: string | null): void;
  /** For how long a worker that keeps dying is left alone. */
  coolDownMs?: number;
  /** The weight at which a worker is full. */
  fullWeight?: number;
}

interface Slot {
  index: number;
  place: MediaPlace | null;
  starting: Promise<void> | null;
  /** When this slot's worker died, or failed to start, of late. Milliseconds. */
  failures: number[];
}

/** More failures than this in one window are a crash loop. */
const failuresAllowed = 3;
const failureWindowMs = 60_000;
const coolDownMsByDefault = 30_000;

export class WorkerPool {
  readonly #slots: Slot[];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #cpu = watchCpu(() => this.#places());
  #isClosed = false;
  #problem: string | null | undefined;

  /** Starts the workers; `onHealth` tells what came of it. */
  constructor(private readonly options: WorkerPoolOptions) {
    this.#slots = Array.from({ length: options.count }, (_, index): Slot => ({ index, place: null, starting: null, failures: [] }));
    for (const slot of this.#slots) this.#start(slot);
  }

  /**
   * The worker with the least to do; waits for one that is being started when none is there.
   *
   * @throws media.unavailable - there is none, and none is coming.
   */
  async pick(): Promise<MediaPlace> {
    let places = this.#places();
    // A worker that dies while it is waited for is started again in the same turn, so this ends: with one, or with none coming.
    while (places.length === 0 && this.#starting().length > 0) {
      await Promise.race(this.#starting());
      places = this.#places();
    }
    const least = leastLoaded(places);
    if (!least || this.#isClosed) throw new AppError('media.unavailable');
    return least;
  }

  /**
   * Where the next guest of a stage receives.
   *
   * @param standing - the workers that the stage stands on.
   * @throws media.unavailable - there is none.
   */
  spillTo(standing: readonly MediaPlace[]): MediaPlace {
    const places = this.#places();
    const place = spill(standing.filter((each) => places.includes(each)), places, this.options.fullWeight);
    if (!place || this.#isClosed) throw new AppError('media.unavailable');
    return place;
  }

  /** How many of the workers run now, of how many. */
  get size(): { running: number; of: number } {
    return { running: this.#places().length, of: this.#slots.length };
  }

  /** Ends all workers; resolves when their processes are gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cpu.stop();
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#starting());
    await Promise.all(this.#places().map((place) => endWorker(place.worker)));
  }

  #places(): MediaPlace[] {
    return this.#slots.flatMap(({ place }) => place ?? []);
  }

  #starting(): Promise<void>[] {
    return this.#slots.flatMap((slot) => slot.starting ?? []);
  }

  #start(slot: Slot): void {
    slot.starting = this.#fill(slot).finally(() => {
      slot.starting = null;
      this.#refill(slot);
      this.#tellHealth();
    });
  }

  async #fill(slot: Slot): Promise<void> {
    try {
      const place = await startWorker(this.options, slot.index);
      slot.place = place;
      place.worker.once('died', (error) => this.#noteFailure(slot, error));
      place.worker.observer.once('close', () => this.#lose(slot, place));
    } catch (error) {
      this.#noteFailure(slot, error);
    }
  }

  /** A worker is gone. When it did not die, this process was told to end: mediasoup closes its workers then, and none follows. */
  #lose(slot: Slot, place: MediaPlace): void {
    slot.place = null;
    if (this.#isClosed) return;
    this.options.onDeath(place);
    if (!place.worker.died) return;
    this.#refill(slot);
    this.#tellHealth();
  }

  #noteFailure(slot: Slot, error: unknown): void {
    this.options.log.error({ worker: slot.index, err: error }, 'a media worker died or could not start');
    const now = this.options.now().getTime();
    slot.failures = [...slot.failures.filter((at) => now - at < failureWindowMs), now];
  }

  /** A slot without a worker gets another one: at once, or after a pause when this goes on and on. */
  #refill(slot: Slot): void {
    if (slot.place || slot.starting || this.#isClosed) return;
    if (slot.failures.length <= failuresAllowed) {
      this.#start(slot);
      return;
    }
    this.options.log.error({ worker: slot.index }, 'a media worker keeps dying; it is left alone for a while');
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      slot.failures = [];
      this.#start(slot);
    }, this.options.coolDownMs ?? coolDownMsByDefault);
    this.#timers.add(timer.unref());
  }

  #tellHealth(): void {
    const hasPlace = this.#places().length > 0;
    // At the start all workers are waited for, so that the first stages spread over them; later, one that is coming is no problem.
    const isUnderWay = this.#starting().length > 0 && (this.#problem === undefined || !hasPlace);
    const problem = hasPlace ? null : 'The media worker keeps failing to run. It is tried again from time to time; the log says why.';
    if (isUnderWay || problem === this.#problem || this.#isClosed) return;
    this.#problem = problem;
    this.options.onHealth(problem);
  }
}

async function startWorker(options: WorkerPoolOptions, index: number): Promise<MediaPlace> {
  const worker = await startProgram(options.bin);
  try {
    const { listenIp: ip, announcedAddress } = options;
    const port = options.port === 0 ? 0 : options.port + index;
    const server = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip, announcedAddress, port }, { protocol: 'tcp', ip, announcedAddress, port }] });
    return new MediaPlace(worker, server);
  } catch (error) {
    await endWorker(worker);
    throw error;
  }
}

/**
 * mediasoup closes its workers as soon as the process is told to end. A node that is drained has its media go on for a while
 * after SIGTERM, so then the worker is closed by its pool alone; should the process die, the worker ends by itself. After
 * SIGINT it may be closed at once, but not while it starts: mediasoup would never say what came of the start.
 */
async function startProgram(workerBin: string): Promise<Worker> {
  const before = new Set([...process.listeners('SIGTERM'), ...process.listeners('SIGINT')]);
  const starting = createWorker({ workerBin, logLevel: 'warn', logTags: ['ice', 'dtls', 'srtp'] });
  const own = process.listeners('SIGINT').filter((listener) => !before.has(listener));
  for (const listener of own) process.off('SIGTERM', listener).off('SIGINT', listener);
  const worker = await starting;
  for (const listener of own) process.once('SIGINT', listener);
  return worker;
}

async function endWorker(worker: Worker): Promise<void> {
  if (worker.subprocessClosed) return;
  const ended = new Promise<void>((resolve) => {
    worker.once('subprocessclose', resolve);
  });
  worker.close();
  await ended;
}
