/** Where stages of this node may stand: the worker program is had while the house already serves, the workers follow. */
import type { MediaStatus } from '../../../shared/contracts/community.js';
import { AppError } from '../../../shared/failures.js';
import type { Provision, ReportProgress } from '../provisionWorker.js';
import { WorkerPool, type MediaPlace, type WorkerPoolOptions } from '../workerPool.js';

export interface PlaceSupplyOptions extends Omit<WorkerPoolOptions, 'bin' | 'count' | 'onDeath' | 'onHealth'> {
  /** How many media workers. */
  workers: number;
  /** Gets hold of the worker program, telling how far it is; `signal` says that nobody waits for it any more. */
  provide: (report: ReportProgress, signal: AbortSignal) => Promise<Provision>;
}

/** Where stages may stand, from the moment the worker program is being looked for until the house closes. */
export class PlaceSupply {
  readonly #hearers: ((status: MediaStatus) => void)[] = [];
  readonly #stopping = new AbortController();
  readonly #preparing: Promise<void>;
  #status: MediaStatus = { state: 'preparing', progress: 0, text: 'Live video is being prepared.' };
  #pool: WorkerPool | null = null;

  constructor(private readonly options: PlaceSupplyOptions, private readonly onDeath: (place: MediaPlace) => void) {
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

  /** Whether a stage could stand here now. */
  get isReady(): boolean {
    return this.#status.state === 'ready' && !this.#stopping.signal.aborted;
  }

  /** `ready`, or what is amiss; for people who look after the house. */
  describe(): string {
    const size = this.#pool?.size;
    const isShort = this.#status.state === 'ready' && size !== undefined && size.running < size.of;
    return isShort ? `ready, ${size.running} of ${size.of} workers` : this.#status.state;
  }

  /** @see WorkerPool.spillTo */
  spillTo(standing: readonly MediaPlace[]): MediaPlace {
    if (!this.#pool) throw new AppError('media.unavailable');
    return this.#pool.spillTo(standing);
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
