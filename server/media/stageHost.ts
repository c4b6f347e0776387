/** The stages that stand on this node. Each stands under a lease of its own and falls with it, or with the worker under it. */
import { AppError } from '../../shared/failures.js';
import type { Logger } from '../platform/logger.js';
import { Stage } from './stage/stage.js';
import { acts, type Act, type ActInputs, type ActOutputs } from './stage/stageActs.js';
import type { Lease, StageLeases } from './stageLeases.js';
import type { SeatName } from './stageMessages.js';
import type { StageNews } from './stages.js';
import type { MediaPlace } from './workerPool.js';

export interface StageHostOptions {
  nodeId: string;
  leases: StageLeases;
  log: Logger;
  now: () => Date;
  onNews: (news: StageNews) => void;
  /** @throws media.preparing | media.unavailable */
  pickPlace(): Promise<MediaPlace>;
}

/** An empty stage is kept for a while: whoever reloads the page finds it again. Milliseconds. */
const emptyStageMs = 30_000;

export class StageHost {
  readonly #stages = new Map<string, Stage>();
  readonly #opening = new Map<string, Promise<void>>();

  constructor(private readonly options: StageHostOptions) {}

  /** The stage of a workshop, where it stands here. */
  find(workshopId: string): Stage | null {
    const stage = this.#stages.get(workshopId);
    return stage && !stage.isClosed ? stage : null;
  }

  /**
   * Has the stage stand here, if its lease can be had; otherwise somebody else holds it, and `find` finds nothing.
   *
   * @param over - a lease whose holder did not answer.
   * @throws media.preparing | media.unavailable | server.busy
   */
  open(workshopId: string, over: Lease | null): Promise<void> {
    const known = this.#opening.get(workshopId);
    if (known) return known;
    const opening = this.#open(workshopId, over).finally(() => this.#opening.delete(workshopId));
    this.#opening.set(workshopId, opening);
    return opening;
  }

  /**
   * Does what a guest of a stage of this node asks for.
   *
   * @throws media.stale_epoch - the stage does not stand here any more, or stands under another epoch.
   * @throws media.not_found | media.unsupported
   */
  async act<A extends Act>(connectionId: string, act: A, input: ActInputs[A]): Promise<ActOutputs[A]> {
    const stage = this.find(input.workshopId);
    // The next epoch is at least this one; what it will be is known when somebody joins.
    if (!stage) throw new AppError('media.stale_epoch', { epoch: input.epoch + 1 });
    if (stage.epoch !== input.epoch) throw new AppError('media.stale_epoch', { epoch: stage.epoch });
    try {
      return await acts[act].perform(stage.guest(connectionId), input);
    } catch (error) {
      if (stage.isClosed) throw new AppError('media.stale_epoch', { epoch: stage.epoch + 1 });
      throw error;
    }
  }

  /** Ends the stage for everybody, where it stands here. */
  async end(workshopId: string): Promise<void> {
    // One that is being opened ends too.
    await this.#opening.get(workshopId)?.catch(() => {});
    const stage = this.#stages.get(workshopId);
    if (!stage) return;
    this.#take(stage);
    await this.#release(stage);
  }

  /** A worker is gone, its stages with it, and everybody on them is told to join again. */
  workerGone(place: MediaPlace): void {
    for (const stage of this.#stages.values()) {
      if (stage.place !== place) continue;
      this.#take(stage);
      this.#tellReset(stage.workshopId, stage.epoch + 1);
      void this.#release(stage);
    }
  }

  /** Hears from a node which of its connections are still there. Answers those that are on no stage of this node. */
  keep(seats: readonly SeatName[]): SeatName[] {
    return seats.filter((seat) => !this.find(seat.workshopId)?.keep(seat.connectionId));
  }

  /** Renews the leases, gives up stages whose lease was lost and those that stand empty. */
  async renew(): Promise<void> {
    const emptySince = this.options.now().getTime() - emptyStageMs;
    const work = [...this.#stages.values()].map((stage) => (stage.emptySince !== null && stage.emptySince < emptySince ? this.end(stage.workshopId) : this.#renew(stage)));
    await Promise.all(work);
  }

  /** Lets go of other nodes' guests that were not heard of since `since`. */
  sweep(since: number): void {
    for (const stage of this.#stages.values()) stage.sweep(this.options.nodeId, since);
  }

  /** Nodes could not speak to each other; nobody's silence counts against them. */
  excuse(): void {
    for (const stage of this.#stages.values()) stage.excuse();
  }

  /** Gives all stages up, and tells those on them to join again where they can. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#opening.values());
    const stages = [...this.#stages.values()];
    for (const stage of stages) this.#take(stage);
    await Promise.all(stages.map((stage) => this.#release(stage)));
    for (const stage of stages) this.#tellReset(stage.workshopId, stage.epoch + 1);
  }

  async #open(workshopId: string, over: Lease | null): Promise<void> {
    if (this.find(workshopId)) return;
    const { nodeId, leases, onNews, now } = this.options;
    // Nothing is taken that could not be held.
    await this.options.pickPlace();
    const lease = await leases.take(workshopId, nodeId, over);
    if (lease.nodeId !== nodeId) return;
    try {
      const place = await this.options.pickPlace();
      this.#stages.set(workshopId, await Stage.open(workshopId, lease.epoch, place, onNews, now));
    } catch (error) {
      await leases.release(workshopId, lease).catch(() => {});
      if (error instanceof AppError) throw error;
      // Only a dying worker refuses a router; whoever asks again finds another.
      this.options.log.warn({ err: error, workshopId }, 'a stage could not be opened');
      throw new AppError('server.busy');
    }
    if (lease.wasLost) this.#tellReset(workshopId, lease.epoch);
  }

  async #renew(stage: Stage): Promise<void> {
    const { nodeId, leases } = this.options;
    const lease = { nodeId, epoch: stage.epoch };
    const holder = await leases.renew(stage.workshopId, lease).catch((error: unknown) => {
      // Nobody else can reach them either, for all this node knows: the stage goes on.
      this.options.log.debug({ err: error }, 'a lease could not be renewed');
      return lease;
    });
    if (holder?.nodeId === nodeId && holder.epoch === stage.epoch) return;
    if (this.#stages.get(stage.workshopId) !== stage) return;
    this.#take(stage);
    this.#tellReset(stage.workshopId, holder?.epoch ?? stage.epoch + 1);
  }

  /** Takes a stage off this node; all that stood on it closes at once. */
  #take(stage: Stage): void {
    if (this.#stages.get(stage.workshopId) === stage) this.#stages.delete(stage.workshopId);
    stage.close();
  }

  async #release(stage: Stage): Promise<void> {
    // Should it fail, the lease ends by itself before long.
    await this.options.leases.release(stage.workshopId, { nodeId: this.options.nodeId, epoch: stage.epoch }).catch(() => {});
  }

  #tellReset(workshopId: string, epoch: number): void {
    this.options.onNews({ kind: 'reset', workshopId, epoch });
  }
}
