/** Being in one workshop over the live connection: enters at each connection, follows the facts, the stage and the loss of the right. */
import { call, on, onConnected } from '../../api/socket.js';
import { isFailure } from '../../api/problems.js';
import { StageClient } from '../../media/stageClient.js';
import { rights, type EndReason } from '../../../shared/contracts/rights.js';
import { workshops, type WorkshopView } from '../../../shared/contracts/workshops.js';

/** How one stands in the workshop. */
export type Presence =
  | { state: 'entering' }
  /** `entries` rises with each entering: what was only told may have been missed between two of them. */
  | { state: 'in'; workshop: WorkshopView; entries: number }
  | { state: 'failed'; error: unknown }
  /** The right to be here has ended, or never was; `reason` is null where none is known. */
  | { state: 'left'; reason: EndReason | null };

/** One stay in a workshop, shared by the pages that show it; see `holdLiveSession`. */
export class LiveSession {
  readonly stage: StageClient;
  readonly #off: (() => void)[];
  readonly #listeners = new Set<() => void>();
  #presence: Presence = { state: 'entering' };
  #entries = 0;

  constructor(readonly workshopId: string, memberId: string) {
    this.stage = new StageClient(workshopId, memberId);
    this.#off = [
      onConnected(() => void this.enter()),
      on(workshops.changed, (facts) => {
        if (facts.id === workshopId && this.#presence.state === 'in') this.take({ ...this.#presence.workshop, ...facts });
      }),
      on(rights.leftWorkshop, (told) => {
        if (told.workshopId !== workshopId) return;
        this.stage.leave();
        this.#show({ state: 'left', reason: told.reason });
      }),
      on(rights.changed, ({ scope, change }) => {
        if (change === 'started' && scope?.kind === 'workshop' && scope.workshopId === workshopId) void this.enter();
      }),
    ];
  }

  readonly presence = (): Presence => this.#presence;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Enters, or enters again; the answer is shown in `presence`. */
  async enter(): Promise<void> {
    try {
      const workshop = await call(workshops.enter, { workshopId: this.workshopId });
      this.#entries += 1;
      this.#show({ state: 'in', workshop, entries: this.#entries });
      if (mayBeOnStage(workshop)) this.stage.join();
      else this.stage.leave();
    } catch (error) {
      if (isFailure(error, 'workshop.not_found')) {
        this.stage.leave();
        this.#show({ state: 'left', reason: null });
      } else if (this.#presence.state !== 'in') this.#show({ state: 'failed', error });
    }
  }

  /** Takes what the server answered or told of the workshop. */
  take(workshop: WorkshopView): void {
    const before = this.#presence.state === 'in' ? this.#presence.workshop : null;
    this.#show({ state: 'in', workshop, entries: this.#entries });
    if (!mayBeOnStage(workshop)) this.stage.leave();
    else if (!before || !mayBeOnStage(before)) this.stage.join();
  }

  /** Leaves the workshop and its stage. */
  close(): void {
    this.stage.close();
    for (const off of this.#off.splice(0)) off();
    // Nobody waits for the answer; without a connection the server has counted us out already.
    if (this.#presence.state === 'in') call(workshops.leave, { workshopId: this.workshopId }).catch(() => undefined);
  }

  #show(presence: Presence): void {
    this.#presence = presence;
    for (const listener of this.#listeners) listener();
  }
}

/** Hosts may rehearse before the workshop is live; everybody else waits for it. */
function mayBeOnStage(workshop: WorkshopView): boolean {
  return workshop.state === 'live' || (workshop.state === 'scheduled' && workshop.you.canHost);
}

interface Held {
  session: LiveSession;
  holders: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Going from the stage to the console must not cut the camera: a stay outlives its last page by so much. Milliseconds. */
const linger = 2_000;
const held = new Map<string, Held>();

/** The stay of this member in the workshop, shared by all who hold it. Call `release` once. */
export function holdLiveSession(workshopId: string, memberId: string): { session: LiveSession; release: () => void } {
  const key = `${memberId} ${workshopId}`;
  const entry = held.get(key) ?? { session: new LiveSession(workshopId, memberId), holders: 0, timer: undefined };
  held.set(key, entry);
  clearTimeout(entry.timer);
  entry.holders += 1;
  return {
    session: entry.session,
    release: () => {
      entry.holders -= 1;
      if (entry.holders > 0) return;
      entry.timer = setTimeout(() => {
        held.delete(key);
        entry.session.close();
      }, linger);
    },
  };
}
