/** How a guest comes to a seat: the stage is found, wherever it stands, or made to stand here; what they receive comes from this node where it can. */
import { AppError } from '../../shared/failures.js';
import type { Bus } from '../platform/bus.js';
import type { Nodes } from '../platform/cluster/nodes.js';
import type { Logger } from '../platform/logger.js';
import type { BranchHost } from './planes/branchHost.js';
import type { Seat } from './seats.js';
import type { SeatedView, Stage } from './stage/stage.js';
import type { StageHost } from './stageHost.js';
import type { Lease, StageLeases } from './stageLeases.js';
import { SeatedView as SeatedForm, stageTopic, type StageQuestion } from './stageMessages.js';
import type { Guest, OpenedStage } from './stages.js';

/** A stage may move or fall between finding it and reaching it; after this many times the caller is asked to come back. */
const attempts = 4;

export interface SeatingOptions {
  bus: Bus;
  host: StageHost;
  branches: BranchHost;
  /** Whether guests of stages on other nodes can receive on this one now. */
  canShow(): boolean;
  leases: StageLeases;
  nodes: Nodes;
  log: Logger;
}

export class Seating {
  constructor(private readonly options: SeatingOptions) {}

  /**
   * Finds the stage, or has it stand here, and seats a guest there.
   *
   * @throws media.preparing | media.unavailable | media.not_found | media.unsupported
   * @throws server.busy - the nodes do not agree just now on where the stage stands.
   */
  async sit(seat: Seat, guest: Guest, mayPresent: boolean): Promise<OpenedStage> {
    const { host } = this.options;
    let silent: Lease | null = null;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const here = host.find(seat.workshopId);
      const holder: Lease | null = here ? null : ((await this.#findHolder(seat.workshopId, silent)) ?? (await this.#findOther(silent)));
      let view: OpenedStage | null = null;
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

  /** On a node that is about to leave: another one, on which the stage is to stand. Its epoch is known once it does. */
  async #findOther(silent: Lease | null): Promise<Lease | null> {
    if (!this.options.host.isLeaving) return null;
    const other = (await this.options.nodes.others()).find((nodeId) => nodeId !== silent?.nodeId);
    return other === undefined ? null : { nodeId: other, epoch: 0 };
  }

  /** Answers null when the worker under the stage died meanwhile. */
  async #joinHere(stage: Stage, seat: Seat, guest: Guest, mayPresent: boolean): Promise<OpenedStage | null> {
    const { bus: { nodeId }, host, branches } = this.options;
    branches.drop(stage.workshopId);
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
  async #joinAt(holder: Lease, seat: Seat, guest: Guest, mayPresent: boolean): Promise<OpenedStage | null> {
    seat.at = holder;
    try {
      if (this.options.canShow()) {
        const view = await this.#joinAndShow(holder, seat, guest, mayPresent);
        if (view) return view;
      }
      seat.receivesHere = false;
      this.options.branches.leave(seat.workshopId, guest.connectionId);
      return receiving(await this.#askToJoin(holder, seat, guest, mayPresent, true));
    } catch (error) {
      if (!isBusy(error)) throw error;
      return null;
    }
  }

  /** Sits at the holder and receives here. Answers null when it cannot be shown here. */
  async #joinAndShow(holder: Lease, seat: Seat, guest: Guest, mayPresent: boolean): Promise<OpenedStage | null> {
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
    const view = SeatedForm.parse(await this.options.bus.request(holder.nodeId, stageTopic, { ask: 'join', home: this.options.bus.nodeId, workshopId, guest, mayPresent, receives } satisfies StageQuestion));
    seat.at = { nodeId: holder.nodeId, epoch: view.epoch };
    return view;
  }
}

/** @throws server.busy - the other node has seated a guest otherwise than it was asked to. */
function receiving(view: SeatedView): OpenedStage {
  const { receive } = view;
  if (!receive) throw new AppError('server.busy');
  return { ...view, receive };
}

/** Whether a node did not answer. */
export function isBusy(error: unknown): boolean {
  return error instanceof AppError && error.code === 'server.busy';
}
