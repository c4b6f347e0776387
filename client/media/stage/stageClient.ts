/** Being on a workshop's stage, for as long as one wants to: joins, follows the news, joins again after any break, and sends what is published. */
import { call, on } from '../../api/socket.js';
import { community } from '../../../shared/contracts/community.js';
import { stage, type TrackSource } from '../../../shared/contracts/live/stage.js';
import type { LineMeasure } from '../line/lineVerdict.js';
import { Publications } from './publications.js';
import { partOfReset, waitAfter } from './rejoining.js';
import { Sights } from './sights.js';
import { StageLink, type LinkNews } from './stageLink.js';
import { phaseAfter, type Road, type StageSnapshot, type StageState, type StageStats } from './stageState.js';
import type { Viewpoint } from './viewing.js';

/** The moment of the latest joining, in the browser's performance timeline. */
export const joinMark = 'guildhall:stage-join';

/** Kept by the live session of a workshop. It hears nothing before `open()`; `close()` twice is harmless. */
export class StageClient {
  /** What of the stage is on the screen. */
  readonly sights = new Sights(() => this.#link?.lookAgain());
  readonly #listeners = new Set<() => void>();
  #off: (() => void)[] = [];
  readonly #own = new Publications({ changed: () => this.#tell(), failed: (error) => this.#fail(error) });
  #state: StageState = { phase: 'off' };
  #snapshot: StageSnapshot = { stage: this.#state, own: [] };
  #link: StageLink | null = null;
  #road: Road = 'connecting';
  #speakingTrackId: string | null = null;
  #viewpoint: Viewpoint = { watching: 'everything', isVisible: true };
  #isLooking = false;
  #isLookDue = false;
  /** News told between the question and the answer of a join. */
  #early: LinkNews[] = [];
  /** Counts attempts to join; whatever belongs to an older one is dropped. */
  #turn = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted = false;

  constructor(private readonly workshopId: string, private readonly memberId: string) {}

  /** Begins to hear the stage's news. */
  open(): void {
    this.#off = [
      on(stage.trackAdded, (data) => this.#hear(data, (link) => link.put(data.track))),
      on(stage.trackChanged, (data) => this.#hear(data, (link) => link.change(data.track))),
      on(stage.trackRemoved, (data) => this.#hear(data, (link) => link.remove(data.trackId))),
      on(stage.speakerChanged, ({ speakingTrackId, ...data }) => this.#hear(data, () => {
        this.#speakingTrackId = speakingTrackId;
        this.#showLink();
      })),
      on(stage.layersNeeded, ({ trackId, topLayer, ...data }) => this.#hear(data, (link) => link.sender.sendLayers(trackId, topLayer))),
      on(stage.reset, ({ workshopId, epoch }) => {
        if (workshopId !== this.workshopId || !this.#wanted || (this.#link && this.#link.place.epoch >= epoch)) return;
        this.#joinAgain(partOfReset(this.#own.list().length > 0));
      }),
      on(stage.moved, ({ workshopId, epoch }) => {
        if (workshopId === this.workshopId && this.#wanted && this.#link?.place.epoch === epoch) this.#joinAgain(partOfReset(this.#own.list().length > 0));
      }),
      on(community.mediaChanged, (media) => {
        if (media.state === 'ready' && this.#wanted && !this.#link) this.#joinAgain(0);
      }),
    ];
  }

  /** What is to be seen; the same object until something changes. */
  readonly snapshot = (): StageSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Joins, or joins anew: to be called each time the connection has entered the workshop. */
  join(): void {
    this.#wanted = true;
    this.#joinAgain(0);
  }

  /** The workshop has gone live while this waited in the lobby: what is on stage is asked for, over the road that stands already. */
  async look(): Promise<void> {
    const link = this.#link;
    // Whoever is still joining may be answered as the lobby is: they look once they have.
    this.#isLookDue = !link;
    if (!link) return;
    performance.mark(joinMark);
    this.#isLooking = true;
    try {
      const now = await call(stage.look, link.place);
      if (link !== this.#link) return;
      this.#speakingTrackId = now.speakingTrackId;
      link.putAll(now.tracks);
      // Told while the answer was on its way, and newer than it.
      for (const news of this.#early.splice(0)) news.apply(link);
      this.#showLink();
    } catch (error) {
      if (link === this.#link) this.#fail(error);
    } finally {
      this.#isLooking = false;
      if (this.#link) this.#early = [];
    }
  }

  /** The member watches otherwise, or the page is seen otherwise. */
  watch(viewpoint: Viewpoint): void {
    const isAskedFor = viewpoint.watching !== this.#viewpoint.watching;
    this.#viewpoint = viewpoint;
    this.#link?.lookAgain(isAskedFor);
  }

  /**
   * What the line to the stage carries, measured; null where it finds no road.
   *
   * @throws the failure of `stage.probe`, or {@link OfflineError}.
   */
  async measureLine(): Promise<LineMeasure | null> {
    return this.#link ? this.#link.measureLine() : null;
  }

  /** Leaves the stage and lets camera, microphone and screen go. */
  leave(): void {
    if (!this.#wanted && this.#own.list().length === 0) return;
    this.#wanted = false;
    this.#drop();
    this.#own.stopAll();
    this.#show({ phase: 'off' });
    // Nobody waits for the answer; without a connection the server has let go already.
    call(stage.leave, { workshopId: this.workshopId }).catch(() => undefined);
  }

  close(): void {
    this.leave();
    for (const off of this.#off.splice(0)) off();
  }

  /** @see Publications.publish */
  publish(source: TrackSource, media: MediaStreamTrack, paused = false): Promise<void> {
    return this.#own.publish(source, media, paused);
  }

  /** @see Publications.unpublish */
  unpublish(source: TrackSource): Promise<void> {
    return this.#own.unpublish(source);
  }

  setPaused(source: TrackSource, paused: boolean): Promise<void> {
    return this.#own.setPaused(source, paused);
  }

  /** This member came on stage as a speaker: what they publish goes there from now on. In the lobby they were told nothing of what stands on it, so they look. */
  async present(): Promise<void> {
    const link = this.#link;
    if (!link || link.mayPresent) return;
    await link.present().catch((error: unknown) => this.#fail(error));
    if (link !== this.#link) return;
    this.#own.carryOver(link);
    await this.look();
  }

  /** This member is audience again: what they sent is let go of, devices too. */
  endPresenting(): void {
    this.#own.stopAll();
    this.#link?.endPresenting();
    this.#tell();
  }

  /** WebRTC's counters, or null while there is no road. */
  async stats(): Promise<StageStats | null> {
    return this.#link ? this.#link.stats() : null;
  }

  #drop(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.#link?.close();
    this.#link = null;
    this.#own.carryOver(null);
    this.#early = [];
  }

  #joinAgain(delay: number): void {
    this.#drop();
    const turn = this.#turn;
    if (this.#state.phase === 'off' || this.#state.phase === 'on') this.#show({ phase: 'joining' });
    this.#timer = setTimeout(() => void this.#join(turn), delay);
  }

  async #join(turn: number): Promise<void> {
    performance.mark(joinMark);
    try {
      const view = await call(stage.join, { workshopId: this.workshopId });
      if (turn !== this.#turn) return;
      if (this.#road === 'connected') this.#road = 'connecting'; // One that broke stays so until something carries again.
      const mine = (act: () => void) => () => turn === this.#turn && act();
      const seat = { memberId: this.memberId, sights: this.sights, viewpoint: () => this.#viewpoint };
      this.#speakingTrackId = view.speakingTrackId;
      const link = await StageLink.open(this.workshopId, seat, view, {
        roadChanged: (road) => mine(() => { this.#road = road; this.#showLink(); })(),
        lost: mine(() => this.#joinAgain(0)),
        tracksChanged: mine(() => this.#showLink()),
        failed: (error) => mine(() => this.#fail(error))(),
      });
      if (turn !== this.#turn) return link.close();
      this.#take(link);
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
    }
  }

  #take(link: StageLink): void {
    this.#failures = 0;
    this.#link = link;
    for (const news of this.#early.splice(0)) if (news.epoch === link.place.epoch) news.apply(link);
    this.#showLink();
    link.consumeMissing();
    if (this.#isLookDue) void this.look();
    this.#own.carryOver(link);
  }

  #hear({ workshopId, epoch }: { workshopId: string; epoch: number }, apply: LinkNews['apply']): void {
    if (workshopId !== this.workshopId || !this.#wanted) return;
    if (!this.#link || this.#isLooking) this.#early.push({ epoch, apply });
    else if (epoch === this.#link.place.epoch) apply(this.#link);
  }

  #fail(error: unknown): void {
    this.#drop();
    if (!this.#wanted) return;
    const phase = phaseAfter(error);
    this.#show({ phase });
    // Without WebRTC or the right there is nothing to try; where the stage is not open, the live session joins once it is.
    if (phase === 'unsupported' || phase === 'refused' || phase === 'off') return;
    this.#joinAgain(waitAfter(this.#failures));
    this.#failures += 1;
  }

  #showLink(): void {
    if (!this.#link) return;
    this.#show({ phase: 'on', epoch: this.#link.place.epoch, mayPresent: this.#link.mayPresent, road: this.#road, tracks: this.#link.tracks(), speakingTrackId: this.#speakingTrackId });
  }

  #show(state: StageState): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    this.#snapshot = { stage: this.#state, own: this.#own.list() };
    for (const listener of this.#listeners) listener();
  }
}
