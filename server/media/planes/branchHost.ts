/** What this node shows of stages that stand on other nodes: a branch for each that any of its guests receives. */
import type { TransportView } from '../../../shared/contracts/live/stage.js';
import { AppError } from '../../../shared/failures.js';
import type { Logger } from '../../platform/logger.js';
import type { Lease } from '../stageLeases.js';
import type { Guest, StageNews } from '../stages.js';
import type { MediaPlace } from '../workerPool.js';
import type { SpillTo } from './nodePlanes.js';
import type { PipeListen } from './nodePipe.js';
import type { PipeName, PipeNews } from './pipeForms.js';
import { StageBranch, type Holder } from './stageBranch.js';

export interface BranchHostOptions {
  pipes: PipeListen;
  spillTo: SpillTo;
  layerSettleMs: number;
  log: Logger;
  onNews(news: StageNews): void;
  /** @throws media.preparing | media.unavailable */
  pickPlace(): Promise<MediaPlace>;
  /** The node on which a stage stands, to be asked. */
  holder(nodeId: string): Holder;
}

interface Row {
  at: Lease;
  opening: Promise<StageBranch>;
  /** Null until it has opened. */
  branch: StageBranch | null;
  /** How many guests are on their way in. */
  joining: number;
}

export class BranchHost {
  readonly #rows = new Map<string, Row>();

  constructor(private readonly options: BranchHostOptions) {}

  /** What this node shows of a workshop's stage, where it does. */
  find(workshopId: string): StageBranch | null {
    return this.#rows.get(workshopId)?.branch ?? null;
  }

  /**
   * Lets a guest receive a stage here.
   *
   * @param at - where the stage stands.
   * @throws media.not_found | media.stale_epoch | media.preparing | media.unavailable | server.busy
   */
  async join(workshopId: string, at: Lease, guest: Guest): Promise<TransportView> {
    const row = this.#rowFor(workshopId, at);
    row.joining += 1;
    try {
      return await (await row.opening).join(guest);
    } finally {
      row.joining -= 1;
      this.#closeEmpty(workshopId, row);
    }
  }

  leave(workshopId: string, connectionId: string): void {
    const row = this.#rows.get(workshopId);
    row?.branch?.leave(connectionId);
    if (row) this.#closeEmpty(workshopId, row);
  }

  /** The pipes to a node that are in use. */
  pipesTo(nodeId: string): PipeName[] {
    return [...this.#rows.values()].flatMap(({ at, branch }) => (branch && at.nodeId === nodeId ? [branch.name] : []));
  }

  /** Hears what became of a track, or of a whole stage. What is told of another pipe than the one that stands is nothing here. */
  async hear({ workshopId, epoch, pipeId, ...news }: PipeNews): Promise<void> {
    const row = this.#rows.get(workshopId);
    const branch = await row?.opening.catch(() => null);
    if (!row || branch?.name.pipeId !== pipeId || branch.epoch !== epoch) return;
    if (news.trackId === null) this.#drop(workshopId, row);
    else await branch.hear(news);
  }

  /** A worker is gone: those who received on it are told to join again, and nobody else. */
  placeGone(place: MediaPlace): void {
    for (const [workshopId, row] of this.#rows) {
      if (!row.branch) continue;
      row.branch.placeGone(place);
      this.#tellMoved(workshopId, row, row.branch.fallen());
      if (row.branch.isClosed) this.#drop(workshopId, row);
    }
  }

  /** The pipe of a stage is not known at its other end any more: its guests are told to join again. */
  fall(workshopId: string): void {
    const row = this.#rows.get(workshopId);
    if (!row?.branch) return;
    const guests = row.branch.guests();
    this.#drop(workshopId, row);
    this.#tellMoved(workshopId, row, guests);
  }

  /** What stood where a stage no longer stands is closed; its guests are told otherwise. */
  drop(workshopId: string): void {
    const row = this.#rows.get(workshopId);
    if (row) this.#drop(workshopId, row);
  }

  /** Closes everything, and resolves when that is done. */
  async close(): Promise<void> {
    const rows = [...this.#rows];
    for (const [workshopId, row] of rows) this.#drop(workshopId, row);
    await Promise.allSettled(rows.map(([, row]) => row.opening));
  }

  #rowFor(workshopId: string, at: Lease): Row {
    const known = this.#rows.get(workshopId);
    if (known && known.at.epoch > at.epoch) throw new AppError('media.stale_epoch', { epoch: known.at.epoch });
    if (known?.at.epoch === at.epoch && !known.branch?.isClosed) return known;
    if (known) this.#drop(workshopId, known);
    const row: Row = { at, opening: this.#open(workshopId, at), branch: null, joining: 0 };
    this.#rows.set(workshopId, row);
    row.opening.then(
      (branch) => {
        row.branch = branch;
        if (this.#rows.get(workshopId) !== row) branch.close();
      },
      (error: unknown) => {
        this.options.log.warn({ err: error, workshopId }, 'a stage of another node could not be shown here');
        this.#forget(workshopId, row);
      },
    );
    return row;
  }

  async #open(workshopId: string, { nodeId, epoch }: Lease): Promise<StageBranch> {
    const { pickPlace, spillTo, pipes, layerSettleMs, holder } = this.options;
    return StageBranch.open({ workshopId, epoch }, holder(nodeId), { place: await pickPlace(), spillTo, pipes, layerSettleMs });
  }

  #closeEmpty(workshopId: string, row: Row): void {
    if (row.joining === 0 && row.branch?.isEmpty) this.#drop(workshopId, row);
  }

  #drop(workshopId: string, row: Row): void {
    this.#forget(workshopId, row);
    row.branch?.close();
  }

  #forget(workshopId: string, row: Row): void {
    if (this.#rows.get(workshopId) === row) this.#rows.delete(workshopId);
  }

  #tellMoved(workshopId: string, { at }: Row, connectionIds: readonly string[]): void {
    for (const connectionId of connectionIds) this.options.onNews({ kind: 'moved', workshopId, epoch: at.epoch, connectionId });
  }
}
