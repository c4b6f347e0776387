/** The stages that stand on this node. Each stands under a lease of its own and falls with it, or with the worker under it. */
import { AppError } from '../../shared/failures.js';
import type { Logger } from '../platform/logger.js';
import type { SpillTo } from './planes/nodePlanes.js';
import type { PipeListen } from './planes/nodePipe.js';
import type { PipeName, PipeNews } from './planes/pipeForms.js';
import type { Missing, SeatName } from './seats.js';
import { Stage, type StageFloor } from './stage/stage.js';
import { performAct, type Act, type ActInputs, type ActOutputs } from './stage/stageActs.js';
import type { Lease, StageLeases } from './stageLeases.js';
import type { StageNews } from './stages.js';
import type { MediaPlace } from './workerPool.js';

export interface StageHostOptions {
  nodeId: string;
  leases: StageLeases;
  log: Logger;
  now: () => Date;
  onNews: (news: StageNews) => void;
  pipes: PipeListen;
  spillTo: SpillTo;
  layerSettleMs: number;
  /** Tells a node at the far end of a pipe what becomes of what it is sent. */
  tellPipe(nodeId: string, news: PipeNews): void;
  /** @throws media.preparing | media.unavailable */
  pickPlace(): Promise<MediaPlace>;
}

/**
 * For this part of a lease a node need not ask whether it still has it. A holder loses it at the earliest when it has not
 * answered for five seconds, which is half of one.
 */
const freshPart = 0.5;

/** An empty stage is kept for a while: whoever reloads the page finds it again. Milliseconds. */
const emptyStageMs = 30_000;

export class StageHost {
  readonly #stages = new Map<string, Stage>();
  /** When each stage's lease was last known to be held, by a clock that nobody sets and that does not stand still with the process. */
  readonly #heldAt = new WeakMap<Stage, number>();
  readonly #opening = new Map<string, Promise<void>>();

  #isLeaving = false;

  constructor(private readonly options: StageHostOptions) {}

  /** Whether no more stages stand here, for the node is about to leave. */
  get isLeaving(): boolean {
    return this.#isLeaving;
  }

  /** The stages that stand here now. */
  standing(): Stage[] {
    return [...this.#stages.values()].filter((stage) => !stage.isClosed);
  }

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
    return performAct(await this.held(input.workshopId, input.epoch), connectionId, act, input);
  }

  /**
   * The stage of a workshop, under an epoch that this node holds beyond doubt: a node that stood still, or could not renew,
   * asks first whether somebody else has taken over meanwhile. If so, it says and does nothing more under the old epoch.
   *
   * @throws media.stale_epoch - the stage does not stand here any more, or stands under another epoch.
   */
  async held(workshopId: string, epoch: number): Promise<Stage> {
    const stage = this.find(workshopId);
    if (stage && performance.now() - (this.#heldAt.get(stage) ?? 0) > this.options.leases.leaseMs * freshPart) await this.#renew(stage);
    // The next epoch is at least this one; what it will be is known when somebody joins.
    if (!stage || stage.isClosed) throw new AppError('media.stale_epoch', { epoch: epoch + 1 });
    if (stage.epoch !== epoch) throw new AppError('media.stale_epoch', { epoch: stage.epoch });
    return stage;
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

  /**
   * A worker is gone. The stages whose tracks came in on it are gone too, and everybody on them is told to join again; of
   * others, those who received on it.
   */
  workerGone(place: MediaPlace): void {
    for (const stage of this.#stages.values()) {
      if (stage.place !== place) {
        stage.placeGone(place);
        continue;
      }
      this.#take(stage);
      this.#tellReset(stage.workshopId, stage.epoch + 1);
      void this.#release(stage);
    }
  }

  /** Hears from a node which of its connections are still there, and which pipes. Answers what of them is not here. */
  keep(home: string, seats: readonly SeatName[], pipes: readonly PipeName[]): Missing {
    return {
      seats: seats.filter((seat) => !this.find(seat.workshopId)?.keep(seat.connectionId)),
      pipes: pipes.filter((pipe) => !this.#keepPipe(home, pipe)).map((pipe) => pipe.workshopId),
    };
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

  /**
   * Takes no more stages, and gives those that stand here to others; an empty one ends.
   *
   * @param offer - asks other nodes to take a stage over, and answers whether one has; it tells those on it to join again.
   */
  async moveOut(offer: (workshopId: string, lease: Lease) => Promise<boolean>): Promise<void> {
    this.#isLeaving = true;
    await Promise.allSettled(this.#opening.values());
    await Promise.all(this.standing().map(async (stage) => {
      if (stage.emptySince !== null) await this.end(stage.workshopId);
      else if (await offer(stage.workshopId, { nodeId: this.options.nodeId, epoch: stage.epoch })) this.#take(stage);
    }));
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
    if (this.#isLeaving) throw new AppError('server.busy');
    const { nodeId, leases } = this.options;
    // Nothing is taken that could not be held.
    await this.options.pickPlace();
    const takenAt = performance.now();
    const lease = await leases.take(workshopId, nodeId, over);
    if (lease.nodeId !== nodeId) return;
    try {
      const stage = await Stage.open(workshopId, lease.epoch, await this.#floorFor(workshopId, lease.epoch));
      this.#heldAt.set(stage, takenAt);
      this.#stages.set(workshopId, stage);
    } catch (error) {
      await leases.release(workshopId, lease).catch(() => {});
      if (error instanceof AppError) throw error;
      // Only a dying worker refuses a router; whoever asks again finds another.
      this.options.log.warn({ err: error, workshopId }, 'a stage could not be opened');
      throw new AppError('server.busy');
    }
    if (lease.wasLost) this.#tellReset(workshopId, lease.epoch);
  }

  #keepPipe(home: string, { workshopId, epoch, pipeId }: PipeName): boolean {
    const stage = this.find(workshopId);
    return stage?.epoch === epoch && stage.pipes.keep(home, pipeId);
  }

  async #floorFor(workshopId: string, epoch: number): Promise<StageFloor> {
    const { pickPlace, spillTo, pipes, layerSettleMs, onNews, tellPipe, now } = this.options;
    return { place: await pickPlace(), spillTo, pipes, layerSettleMs, onNews, now, tellPipe: (nodeId, change) => tellPipe(nodeId, { workshopId, epoch, ...change }) };
  }

  async #renew(stage: Stage): Promise<void> {
    const { nodeId, leases } = this.options;
    const askedAt = performance.now();
    const lease = { nodeId, epoch: stage.epoch };
    const holder = await leases.renew(stage.workshopId, lease).catch((error: unknown) => {
      this.options.log.debug({ err: error }, 'a lease could not be renewed');
      return 'unknown' as const;
    });
    // Nobody else can reach the leases either, for all this node knows: the stage goes on, and asks again before it does anything.
    if (holder === 'unknown') return;
    if (holder?.nodeId === nodeId && holder.epoch === stage.epoch) {
      this.#heldAt.set(stage, askedAt);
      return;
    }
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
