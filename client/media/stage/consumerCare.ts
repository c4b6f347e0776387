/** Keeps what is received in step with what is seen: asks for layers by the size of each picture, and pauses at the server what nobody looks at. */
import type { TrackView } from '../../../shared/contracts/live/stage.js';
import type { Sights } from './sights.js';
import { isLess, isSame, wantOf, type Viewpoint, type Want } from './viewing.js';

/** More is asked for soon, together with what else changes in the moment; less only after a while, for it may be wanted again. Milliseconds. */
const raiseAfter = 150;
const lowerAfter = 2_500;

/** A track that is being received. */
export interface Received {
  consumerId: string;
  view: TrackView;
}

interface Change {
  consumerId: string;
  before: Want | null;
  want: Want;
}

/** How the stage is asked; each is one call for many. */
export interface CareCalls {
  preferLayers: (preferences: { consumerId: string; spatialLayer: number; temporalLayer: number }[]) => Promise<void>;
  pause: (consumerIds: string[], paused: boolean) => Promise<void>;
  failed: (error: unknown) => void;
}

export class ConsumerCare {
  /** What the stage was last asked for, by consumer. */
  readonly #asked = new Map<string, Want>();
  #asking: Promise<void> = Promise.resolve();
  #raising: ReturnType<typeof setTimeout> | undefined;
  #lowering: ReturnType<typeof setTimeout> | undefined;
  /** How often the stage was asked for something else: a picture that stood still for that did not freeze. */
  changes = 0;
  #isClosed = false;

  /** @param received what is received now; read anew at each step. */
  constructor(
    private readonly sights: Sights,
    private readonly viewpoint: () => Viewpoint,
    private readonly received: () => Received[],
    private readonly calls: CareCalls,
  ) {}

  /** Tracks begin to be received: answers which of them are to flow at once. The others stay as they were made: paused. */
  begin(arrived: readonly Received[]): string[] {
    const isHidden = ({ view }: Received) => {
      const { watching, isVisible } = this.viewpoint();
      return view.kind === 'video' && (watching === 'audio' || !isVisible);
    };
    for (const one of arrived) if (isHidden(one)) this.#asked.set(one.consumerId, { state: 'paused' });
    this.look();
    return arrived.filter((one) => !isHidden(one)).map(({ consumerId }) => consumerId);
  }

  /** Something is seen otherwise than before, or the member watches otherwise. */
  readonly look = (): void => {
    if (this.#isClosed) return;
    this.#raising ??= setTimeout(() => this.#step('raise'), raiseAfter);
    this.#lowering ??= setTimeout(() => this.#step('lower'), lowerAfter);
  };

  /** As `look`, without waiting: the member asked for it by name. */
  readonly lookNow = (): void => {
    clearTimeout(this.#lowering);
    this.#step('lower');
  };

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#raising);
    clearTimeout(this.#lowering);
  }

  #step(how: 'raise' | 'lower'): void {
    if (how === 'raise') this.#raising = undefined;
    else this.#lowering = undefined;
    if (this.#isClosed) return;
    const changes: Change[] = [];
    const here = this.received();
    for (const { consumerId, view } of here) {
      if (view.kind === 'audio') continue;
      const before = this.#asked.get(consumerId) ?? null;
      const want = wantOf(view.source, this.sights.of(view.id), this.viewpoint(), before);
      if (isSame(before ?? undefined, want) || (how === 'raise' && (before ? isLess(want, before) : want.state === 'paused'))) continue;
      changes.push({ consumerId, before, want });
      this.#asked.set(consumerId, want);
    }
    const standing = new Set(here.map(({ consumerId }) => consumerId));
    for (const consumerId of this.#asked.keys()) if (!standing.has(consumerId)) this.#asked.delete(consumerId);
    // One after the other, so that the stage never hears the older wish last.
    this.changes += changes.length;
    if (changes.length > 0) this.#asking = this.#asking.then(() => this.#ask(changes));
  }

  async #ask(changes: readonly Change[]): Promise<void> {
    const pausing = changes.filter(({ want }) => want.state === 'paused').map(({ consumerId }) => consumerId);
    const resuming = changes.filter(({ before, want }) => before?.state === 'paused' && want.state === 'flowing').map(({ consumerId }) => consumerId);
    const flowing = changes.flatMap(({ consumerId, want }) => (want.state === 'flowing' ? [{ consumerId, spatialLayer: want.spatialLayer, temporalLayer: want.temporalLayer }] : []));
    try {
      // The layer first, so that what begins to flow begins as it is wanted.
      if (flowing.length > 0) await this.calls.preferLayers(flowing);
      if (resuming.length > 0) await this.calls.pause(resuming, false);
      if (pausing.length > 0) await this.calls.pause(pausing, true);
    } catch (error) {
      if (!this.#isClosed) this.calls.failed(error);
    }
  }
}
