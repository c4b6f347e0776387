/**
 * Finds the stage of a workshop, wherever it stands. A stage stands on one node, the holder of its lease; calls for it come
 * in on whichever node the caller's connection is on, and travel to the holder and back. What is sent goes straight from the
 * browser to the holder's announced address; what is received comes from the connection's own node where that has workers
 * (`planes/branchHost.ts`), else from the holder too.
 *
 * Each node knows the seats of its own connections. It names them to the holders from time to time, and they let go of
 * whoever is not named: a lost `leave` or a dead node leaves nothing open.
 */
import { randomInt } from 'node:crypto';
import type { TrackView } from '../../shared/contracts/live/stage.js';
import { AppError } from '../../shared/failures.js';
import { isBusy, Seating, type SeatingOptions } from './seating.js';
import { Seats, type Seat } from './seats.js';
import { answerPipes } from './planes/pipeMessages.js';
import type { StageBranch } from './planes/stageBranch.js';
import { acts, performAct, type Act, type ActInputs, type ActOutputs } from './stage/stageActs.js';
import type { Lease } from './stageLeases.js';
import { answerStageQuestion, stageTopic, type StageQuestion } from './stageMessages.js';
import { StageRounds, type RoundsOptions } from './stageRounds.js';
import type { Guest, OpenedStage } from './stages.js';

export type StageDirectoryOptions = SeatingOptions & RoundsOptions;

export class StageDirectory {
  readonly #seats = new Seats();
  readonly #seating: Seating;
  readonly #rounds: StageRounds;

  constructor(private readonly options: StageDirectoryOptions) {
    const { bus, host, branches } = options;
    answerPipes(bus, host, branches);
    bus.respond(stageTopic, (question) => answerStageQuestion(host, question));
    bus.onRestored(() => host.excuse());
    this.#seating = new Seating(options);
    this.#rounds = new StageRounds(options, this.#seats);
  }

  /** @see Stages.join */
  async join(workshopId: string, guest: Guest, mayPresent: boolean): Promise<OpenedStage> {
    const seat = this.#seats.take(workshopId, guest.connectionId);
    try {
      const view = await this.#seating.sit(seat, guest, mayPresent);
      if (this.#seats.isCurrent(seat)) return view;
    } catch (error) {
      if (this.#seats.giveUp(seat)) await this.#leaveAt(seat);
      throw error;
    }
    // The connection left while it was joining; or it joined once more, and then the later join's place is the right one.
    if (!this.#seats.find(workshopId, guest.connectionId)) await this.#leaveAt(seat);
    throw new AppError('media.not_found');
  }

  /** @see Stages.leave */
  async leave(workshopId: string, connectionId: string): Promise<void> {
    const seat = this.#seats.find(workshopId, connectionId);
    if (seat && this.#seats.giveUp(seat)) await this.#leaveAt(seat);
  }

  /** @throws media.not_found | media.stale_epoch | media.unsupported | server.busy */
  async act<A extends Act>(act: A, connectionId: string, input: ActInputs[A]): Promise<ActOutputs[A]> {
    const { bus, host } = this.options;
    const seat = this.#seats.find(input.workshopId, connectionId);
    if (!seat?.at) throw new AppError('media.not_found');
    const { at } = seat;
    const branch = seat.receivesHere ? this.#branchFor(act, connectionId, input) : null;
    if (branch) return performAct(branch, connectionId, act, input);
    if (at.nodeId === bus.nodeId) return host.act(connectionId, act, input);
    return acts[act].output.parse(await this.#ask(at.nodeId, { ask: 'act', connectionId, act, input }));
  }

  /** @see Stages.endPresenting */
  async endPresenting(workshopId: string, connectionId: string): Promise<void> {
    const at = this.#seats.find(workshopId, connectionId)?.at;
    if (!at) return;
    try {
      await this.#tell(at.nodeId, { ask: 'endPresenting', workshopId, connectionId });
    } catch (error) {
      if (!isBusy(error)) throw error;
      // The holder lets go of the whole seat as soon as it is not named to it any more.
      await this.leave(workshopId, connectionId);
    }
  }

  /** @see Stages.pauseTracksOf */
  async pauseTracksOf(workshopId: string, memberId: string, kind: TrackView['kind']): Promise<void> {
    const holder = this.options.host.find(workshopId) ? this.options.bus.nodeId : (await this.options.leases.find(workshopId))?.nodeId;
    if (holder) await this.#tell(holder, { ask: 'pauseTracksOf', workshopId, memberId, kind });
  }

  /** @see Stages.end */
  async end(workshopId: string): Promise<void> {
    const { bus, host, leases } = this.options;
    await host.end(workshopId);
    const lease = await leases.find(workshopId);
    if (!lease || lease.nodeId === bus.nodeId) return;
    try {
      await this.#ask(lease.nodeId, { ask: 'end', workshopId });
    } catch (error) {
      if (!isBusy(error)) throw error;
      // A holder that does not answer closes the stage as soon as it sees that the lease is no longer its own.
      const taken = await leases.take(workshopId, bus.nodeId, lease);
      if (taken.nodeId !== bus.nodeId) throw error;
      await leases.release(workshopId, taken);
    }
  }

  /** @see Stages.announceMove */
  announceMove(): void {
    const { host, bus, onNews } = this.options;
    for (const { workshopId, epoch } of host.standing()) onNews({ kind: 'moving', workshopId, epoch, connectionId: null });
    for (const { workshopId, connectionId, at } of [...this.#seats.away(bus.nodeId).values()].flat()) onNews({ kind: 'moving', workshopId, epoch: at?.epoch ?? 0, connectionId });
  }

  /** @see Stages.moveOut */
  moveOut(): Promise<void> {
    return this.options.host.moveOut((workshopId, lease) => this.#offer(workshopId, lease));
  }

  /** @see Stages.hasSeat */
  hasSeat(connectionId: string): boolean {
    return this.#seats.has(connectionId);
  }

  close(): void {
    this.#rounds.close();
  }

  /** Asks other nodes, one after the other, to take a stage over; answers whether one has. */
  async #offer(workshopId: string, over: Lease): Promise<boolean> {
    const others = await this.options.nodes.others();
    // Stages that move at once begin with different nodes.
    const first = randomInt(Math.max(others.length, 1));
    for (const nodeId of [...others.slice(first), ...others.slice(0, first)]) {
      try {
        await this.#ask(nodeId, { ask: 'takeOver', workshopId, over });
        return true;
      } catch (error) {
        this.options.log.warn({ err: error, workshopId, nodeId }, 'a stage could not be handed over to this node');
      }
    }
    return false;
  }

  /** What this node shows of a stage, where the act is to be done on that; null where the stage stands. */
  #branchFor<A extends Act>(act: A, connectionId: string, input: ActInputs[A]): StageBranch | null {
    const { side } = acts[act];
    if (side === 'sending') return null;
    const branch = this.options.branches.find(input.workshopId);
    if (side === 'receiving') {
      if (!branch) throw new AppError('media.not_found');
      return branch;
    }
    return branch && 'transportId' in input && branch.owns(connectionId, input.transportId) ? branch : null;
  }

  /** Asks the holder of a stage, which may be this node. */
  async #tell(nodeId: string, question: StageQuestion): Promise<void> {
    await (nodeId === this.options.bus.nodeId ? answerStageQuestion(this.options.host, question) : this.#ask(nodeId, question));
  }

  #ask(nodeId: string, question: StageQuestion): Promise<unknown> {
    return this.options.bus.request(nodeId, stageTopic, question);
  }

  async #leaveAt({ workshopId, connectionId, at }: Seat): Promise<void> {
    const { bus, host, branches, log } = this.options;
    branches.leave(workshopId, connectionId);
    if (!at) return;
    if (at.nodeId === bus.nodeId) {
      host.find(workshopId)?.leave(connectionId);
      return;
    }
    await this.#ask(at.nodeId, { ask: 'leave', workshopId, connectionId }).catch((error: unknown) => {
      // The holder lets go when the seat is not named to it any more.
      log.warn({ err: error, workshopId }, 'a leave could not be told');
    });
  }
}
