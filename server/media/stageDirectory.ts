/**
 * Finds the stage of a workshop, wherever it stands. A stage stands on one node, the holder of its lease; calls for it come
 * in on whichever node the caller's connection is on, and travel to the holder and back. What is sent goes straight from the
 * browser to the holder's announced address; what is received comes from the connection's own node where that has workers
 * (`planes/branchHost.ts`), else from the holder too.
 *
 * Each node knows the seats of its own connections. It names them to the holders from time to time, and they let go of
 * whoever is not named: a lost `leave` or a dead node leaves nothing open.
 */
import type { StageView } from '../../shared/contracts/stage.js';
import { AppError } from '../../shared/failures.js';
import type { Bus } from '../platform/bus.js';
import type { Logger } from '../platform/logger.js';
import { Seats, type Seat } from './seats.js';
import type { BranchHost } from './planes/branchHost.js';
import { answerPipes } from './planes/pipeMessages.js';
import type { StageBranch } from './planes/stageBranch.js';
import type { SeatedView, Stage } from './stage/stage.js';
import { acts, performAct, type Act, type ActInputs, type ActOutputs } from './stage/stageActs.js';
import type { StageHost } from './stageHost.js';
import type { Lease, StageLeases } from './stageLeases.js';
import { answerStageQuestion, SeatedView as SeatedForm, stageTopic, type StageQuestion } from './stageMessages.js';
import { StageRounds } from './stageRounds.js';
import type { Guest, StageNews } from './stages.js';

export interface StageDirectoryOptions {
  bus: Bus;
  host: StageHost;
  branches: BranchHost;
  /** Whether guests of stages on other nodes can receive on this one now. */
  canShow(): boolean;
  leases: StageLeases;
  log: Logger;
  now: () => Date;
  onNews: (news: StageNews) => void;
}

/** A stage may move or fall between finding it and reaching it; after this many times the caller is asked to come back. */
const attempts = 4;

export class StageDirectory {
  readonly #seats = new Seats();
  readonly #rounds: StageRounds;

  constructor(private readonly options: StageDirectoryOptions) {
    const { bus, host, branches } = options;
    answerPipes(bus, host, branches);
    bus.respond(stageTopic, (question) => answerStageQuestion(host, question));
    bus.onRestored(() => host.excuse());
    this.#rounds = new StageRounds(options, this.#seats);
  }

  /** @see Stages.join */
  async join(workshopId: string, guest: Guest, mayPresent: boolean): Promise<StageView> {
    const seat = this.#seats.take(workshopId, guest.connectionId);
    try {
      const view = await this.#joinSomewhere(seat, guest, mayPresent);
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

  close(): void {
    this.#rounds.close();
  }

  async #joinSomewhere(seat: Seat, guest: Guest, mayPresent: boolean): Promise<StageView> {
    const { host } = this.options;
    let silent: Lease | null = null;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const here = host.find(seat.workshopId);
      const holder: Lease | null = here ? null : await this.#findHolder(seat.workshopId, silent);
      let view: StageView | null = null;
      if (here) view = await this.#joinHere(here, seat, guest, mayPresent);
      else if (holder) view = await this.#joinAt(holder, seat, guest, mayPresent);
      else await host.open(seat.workshopId, silent);
      if (view) {
        seat.hasJoined = true;
        return view;
      }
      silent = holder ?? silent;
    }
    throw new AppError('server.busy');
  }

  /** The other node on which the stage stands, unless it has just been asked in vain. */
  async #findHolder(workshopId: string, silent: Lease | null): Promise<Lease | null> {
    const lease = await this.options.leases.find(workshopId);
    return lease && lease.nodeId !== this.options.bus.nodeId && lease.epoch !== silent?.epoch ? lease : null;
  }

  /** Answers null when the worker under the stage died meanwhile. */
  async #joinHere(stage: Stage, seat: Seat, guest: Guest, mayPresent: boolean): Promise<StageView | null> {
    const { bus: { nodeId }, host } = this.options;
    seat.at = { nodeId, epoch: stage.epoch };
    seat.receivesHere = false;
    try {
      const held = await host.held(stage.workshopId, stage.epoch);
      return receiving(await held.join({ guest, mayPresent, home: nodeId, receives: true }));
    } catch (error) {
      if (!stage.isClosed) throw error;
      return null;
    }
  }

  /** Answers null when the other node does not answer. */
  async #joinAt(holder: Lease, seat: Seat, guest: Guest, mayPresent: boolean): Promise<StageView | null> {
    seat.at = holder;
    try {
      if (this.options.canShow()) {
        const view = await this.#joinAndShow(holder, seat, guest, mayPresent);
        if (view) return view;
      }
      seat.receivesHere = false;
      return receiving(await this.#askToJoin(holder, seat, guest, mayPresent, true));
    } catch (error) {
      if (!isBusy(error)) throw error;
      return null;
    }
  }

  /** Sits at the holder and receives here. Answers null when it cannot be shown here. */
  async #joinAndShow(holder: Lease, seat: Seat, guest: Guest, mayPresent: boolean): Promise<StageView | null> {
    const seated = await this.#askToJoin(holder, seat, guest, mayPresent, false);
    seat.receivesHere = true;
    try {
      return { ...seated, receive: await this.options.branches.join(seat.workshopId, { nodeId: holder.nodeId, epoch: seated.epoch }, guest) };
    } catch (error) {
      this.options.log.warn({ err: error, workshopId: seat.workshopId }, 'a guest receives where the stage stands, for it could not be shown here');
      return null;
    }
  }

  async #askToJoin(holder: Lease, seat: Seat, guest: Guest, mayPresent: boolean, receives: boolean): Promise<SeatedView> {
    const { workshopId } = seat;
    const view = SeatedForm.parse(await this.#ask(holder.nodeId, { ask: 'join', home: this.options.bus.nodeId, workshopId, guest, mayPresent, receives }));
    seat.at = { nodeId: holder.nodeId, epoch: view.epoch };
    return view;
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

/** @throws server.busy - the other node has seated a guest otherwise than it was asked to. */
function receiving(view: SeatedView): StageView {
  const { receive } = view;
  if (!receive) throw new AppError('server.busy');
  return { ...view, receive };
}

function isBusy(error: unknown): boolean {
  return error instanceof AppError && error.code === 'server.busy';
}
