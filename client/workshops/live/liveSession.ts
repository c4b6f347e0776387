/** Being in one workshop over the live connection: enters at each connection, follows the facts, the stage and the loss of the right. */
import { call, on, onConnected } from '../../api/socket.js';
import { isFailure } from '../../api/problems.js';
import { StageClient } from '../../media/stage/stageClient.js';
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

/** Going from the stage to the console must not cut the camera: a stay outlives its last page by so much. Milliseconds. */
const linger = 2_000;
/** An entering that failed for any reason but the right is tried again after so much. Milliseconds. */
const retryAfter = 3_000;

/** One member's stay in one workshop, shared by the pages that show it. It begins with the first `hold` and ends a moment after the last. */
export class LiveSession {
  readonly stage: StageClient;
  readonly #listeners = new Set<() => void>();
  #off: (() => void)[] = [];
  #presence: Presence = { state: 'entering' };
  #entries = 0;
  #holders = 0;
  #ending: ReturnType<typeof setTimeout> | undefined;
  #retrying: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly workshopId: string, memberId: string) {
    this.stage = new StageClient(workshopId, memberId);
  }

  readonly presence = (): Presence => this.#presence;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Is in the workshop until the answer is called (once), and a moment longer. */
  readonly hold = (): (() => void) => {
    clearTimeout(this.#ending);
    this.#holders += 1;
    if (this.#isOver) this.#begin();
    return () => {
      this.#holders -= 1;
      if (this.#holders > 0) return;
      clearTimeout(this.#ending);
      this.#ending = setTimeout(() => this.#end(), linger);
    };
  };

  /** Enters, or enters again; the answer is shown in `presence`. */
  async enter(): Promise<void> {
    try {
      const workshop = await call(workshops.enter, { workshopId: this.workshopId });
      if (this.#isOver) return this.#leave();
      this.#entries += 1;
      this.#show({ state: 'in', workshop, entries: this.#entries });
      if (hasStage(workshop)) this.stage.join();
      else this.stage.leave();
    } catch (error) {
      if (this.#isOver) return;
      if (isFailure(error, 'workshop.not_found')) return this.#lose(null);
      if (this.#presence.state !== 'in') this.#show({ state: 'failed', error });
      clearTimeout(this.#retrying);
      this.#retrying = setTimeout(() => void this.enter(), retryAfter);
    }
  }

  /** Takes what the server answered or told of the workshop. */
  take(workshop: WorkshopView): void {
    const before = this.#presence.state === 'in' ? this.#presence.workshop : null;
    this.#show({ state: 'in', workshop, entries: this.#entries });
    if (!hasStage(workshop)) this.stage.leave();
    else if (!before || !hasStage(before)) this.stage.join();
    else if (before.state === 'scheduled' && workshop.state === 'live') void this.stage.look();
  }

  /** Nobody has held it for a while. A page that only gives way to the next one has the answers still to come belong to both. */
  get #isOver(): boolean {
    return this.#off.length === 0;
  }

  #begin(): void {
    this.#show({ state: 'entering' });
    this.stage.open();
    this.#off = [
      onConnected(() => {
        clearTimeout(this.#retrying);
        void this.enter();
      }),
      on(workshops.changed, (facts) => {
        if (facts.id === this.workshopId && this.#presence.state === 'in') this.take({ ...this.#presence.workshop, ...facts });
      }),
      on(rights.leftWorkshop, (told) => {
        if (told.workshopId === this.workshopId) this.#lose(told.reason);
      }),
      on(rights.changed, ({ scope, change }) => {
        const isOfThis = scope?.kind === 'workshop' && scope.workshopId === this.workshopId;
        // With another role one hears and may do other things inside; one who is out comes back in where that opens the door.
        const isOfRole = scope === null && (change === 'started' || this.#presence.state === 'in');
        if ((isOfThis && change === 'started') || isOfRole) void this.enter();
      }),
    ];
  }

  #end(): void {
    clearTimeout(this.#retrying);
    for (const off of this.#off.splice(0)) off();
    this.stage.close();
    if (this.#presence.state === 'in') this.#leave();
  }

  /** Nobody waits for the answer; without a connection the server has counted us out already. */
  #leave(): void {
    call(workshops.leave, { workshopId: this.workshopId }).catch(() => undefined);
  }

  #lose(reason: EndReason | null): void {
    this.stage.leave();
    this.#show({ state: 'left', reason });
  }

  #show(presence: Presence): void {
    this.#presence = presence;
    for (const listener of this.#listeners) listener();
  }
}

/** Before the workshop is live hosts rehearse on its stage, and everybody else gets ready in its lobby. */
function hasStage(workshop: WorkshopView): boolean {
  return workshop.state === 'live' || workshop.state === 'scheduled';
}

const sessions = new Map<string, LiveSession>();

/** The one stay of this member in this workshop, in this tab. */
export function liveSessionOf(workshopId: string, memberId: string): LiveSession {
  const key = `${memberId} ${workshopId}`;
  const session = sessions.get(key) ?? new LiveSession(workshopId, memberId);
  sessions.set(key, session);
  return session;
}
