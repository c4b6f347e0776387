/**
 * What is done again and again so that stages, leases and seats agree over all nodes: holders renew their leases and let go
 * of guests whose node is gone; homes name their connections to the holders, and find out when a holder is gone.
 */
import { AppError } from '../../shared/failures.js';
import type { Bus } from '../platform/bus.js';
import type { Logger } from '../platform/logger.js';
import type { BranchHost } from './planes/branchHost.js';
import { groupBy, keyOf, Missing, type Seat, type Seats } from './seats.js';
import type { StageHost } from './stageHost.js';
import type { StageLeases } from './stageLeases.js';
import { stageTopic, type StageQuestion } from './stageMessages.js';
import type { StageNews } from './stages.js';

/** A lease is renewed, and seats are named, so many times while it lasts: a node may miss one or two. */
const roundsPerLease = 4;

export interface RoundsOptions {
  bus: Bus;
  host: StageHost;
  branches: BranchHost;
  leases: StageLeases;
  log: Logger;
  now: () => Date;
  onNews: (news: StageNews) => void;
}

export class StageRounds {
  readonly #timers: NodeJS.Timeout[];
  readonly #roundMs: number;
  /** When the last round began, by a clock that nobody sets. */
  #heldAt = performance.now();

  constructor(private readonly options: RoundsOptions, private readonly seats: Seats) {
    this.#roundMs = options.leases.leaseMs / roundsPerLease;
    this.#timers = [this.#inRounds(() => this.#holdStages(), this.#roundMs), this.#inRounds(() => this.#nameSeats(), this.#roundMs)];
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** Runs work again and again. A round may overtake one that waits for a silent node: whoever is heard late is let go. */
  #inRounds(work: () => Promise<void>, everyMs: number): NodeJS.Timeout {
    const round = (): void => {
      work().catch((error: unknown) => this.options.log.warn({ err: error }, 'a round of the stages could not be finished'));
    };
    return setInterval(round, everyMs).unref();
  }

  async #holdStages(): Promise<void> {
    const { bus, host, leases, now } = this.options;
    // While nodes cannot speak to each other, silence says nothing; nor does it after this node stood still and heard nobody.
    if (this.#stoodStill()) host.excuse();
    else if (bus.isUp()) host.sweep(now().getTime() - leases.leaseMs);
    await host.renew();
  }

  /** Whether the process was kept from running since the last round: a machine put to sleep, or far too much to do. */
  #stoodStill(): boolean {
    const before = this.#heldAt;
    this.#heldAt = performance.now();
    return this.#heldAt - before > 2 * this.#roundMs;
  }

  async #nameSeats(): Promise<void> {
    await Promise.all([...this.seats.away(this.options.bus.nodeId)].map(([holder, seats]) => this.#nameSeatsTo(holder, seats)));
  }

  async #nameSeatsTo(holder: string, seats: readonly Seat[]): Promise<void> {
    const names = seats.map(({ workshopId, connectionId }) => ({ workshopId, connectionId }));
    const { branches, bus } = this.options;
    const question: StageQuestion = { ask: 'keep', home: bus.nodeId, seats: names, pipes: branches.pipesTo(holder) };
    try {
      const gone = Missing.parse(await bus.request(holder, stageTopic, question));
      for (const workshopId of gone.pipes) branches.fall(workshopId);
      const goneKeys = new Set(gone.seats.map(keyOf));
      this.#forget(seats.filter((seat) => goneKeys.has(keyOf(seat))));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const workshops = groupBy(seats, (seat) => seat.workshopId);
      await Promise.all([...workshops].map(([workshopId, sitting]) => this.#lookAfter(workshopId, holder, sitting)));
    }
  }

  /** The holder does not answer. Once its lease has ended too, those who sit there are told to join again. */
  async #lookAfter(workshopId: string, holder: string, seats: readonly Seat[]): Promise<void> {
    const lease = await this.options.leases.find(workshopId);
    if (lease?.nodeId === holder) return;
    this.options.branches.drop(workshopId);
    const epochs = this.#forget(seats).map((seat) => seat.at?.epoch ?? 0);
    if (epochs.length > 0) this.options.onNews({ kind: 'reset', workshopId, epoch: lease?.epoch ?? Math.max(...epochs) + 1 });
  }

  /** Gives up seats that still stand as they were; one that is being taken anew is left to its join. */
  #forget(seats: readonly Seat[]): Seat[] {
    return seats.filter((seat) => seat.hasJoined && this.seats.giveUp(seat));
  }
}
