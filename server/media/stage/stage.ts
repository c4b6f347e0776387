/** The stage of one workshop, on one worker of this node: one router, its guests, and what they put on stage. */
import type { Router } from 'mediasoup/types';
import type { StageView, TrackView } from '../../../shared/contracts/stage.js';
import { AppError } from '../../../shared/failures.js';
import { mediaCodecs } from '../mediaSettings.js';
import { StageGuest, type GuestFloor } from './stageGuest.js';
import type { Guest, StageNews } from '../stages.js';
import type { MediaPlace } from '../workerPool.js';

/** A guest's entry: who, and which node their connection is on. */
interface Entry {
  guest: StageGuest;
  home: string;
  /** When the guest's node last said that the connection is still there. Milliseconds. */
  seenAt: number;
}

export class Stage {
  readonly #entries = new Map<string, Entry>();
  readonly #tracks = new Map<string, TrackView>();
  readonly #floor: GuestFloor;
  /** Since when nobody is here; null while somebody is. */
  emptySince: number | null;
  #isClosed = false;

  private constructor(
    readonly workshopId: string,
    readonly epoch: number,
    readonly place: MediaPlace,
    private readonly router: Router,
    private readonly onNews: (news: StageNews) => void,
    private readonly now: () => Date,
  ) {
    this.emptySince = now().getTime();
    this.#floor = { router, server: place.server, hasTrack: (trackId) => this.#tracks.has(trackId), tell: (kind, track) => this.#tell(kind, track) };
    place.stages.add(this);
  }

  static async open(workshopId: string, epoch: number, place: MediaPlace, onNews: (news: StageNews) => void, now: () => Date): Promise<Stage> {
    const router = await place.worker.createRouter({ mediaCodecs });
    return new Stage(workshopId, epoch, place, router, onNews, now);
  }

  get isClosed(): boolean {
    return this.#isClosed || this.router.closed;
  }

  /**
   * Puts a guest on stage, in the place of whatever the connection had here.
   *
   * @param home - the node the connection is on.
   * @throws media.not_found - the connection left, or joined once more, meanwhile.
   */
  async join(guest: Guest, mayPresent: boolean, home: string): Promise<StageView> {
    this.leave(guest.connectionId);
    const entry: Entry = { guest: new StageGuest(guest, this.#floor), home, seenAt: this.now().getTime() };
    this.#entries.set(guest.connectionId, entry);
    this.emptySince = null;
    try {
      const transports = await entry.guest.open(mayPresent);
      return { epoch: this.epoch, routerRtpCapabilities: { ...this.router.rtpCapabilities }, ...transports, tracks: [...this.#tracks.values()] };
    } catch (error) {
      if (this.#entries.get(guest.connectionId) === entry) this.leave(guest.connectionId);
      throw error;
    }
  }

  leave(connectionId: string): void {
    const entry = this.#entries.get(connectionId);
    if (!entry) return;
    this.#entries.delete(connectionId);
    entry.guest.close();
    if (this.#entries.size === 0) this.emptySince = this.now().getTime();
  }

  /** @throws media.not_found - the connection is not on this stage. */
  guest(connectionId: string): StageGuest {
    const entry = this.#entries.get(connectionId);
    if (!entry) throw new AppError('media.not_found');
    return entry.guest;
  }

  /** Takes from a guest what they send with; they stay. */
  endPresenting(connectionId: string): void {
    this.#entries.get(connectionId)?.guest.endPresenting();
  }

  /** Pauses all that one member sends of a kind. */
  async pauseTracksOf(memberId: string, kind: TrackView['kind']): Promise<void> {
    const own = [...this.#entries.values()].filter(({ guest }) => guest.guest.person.id === memberId);
    await Promise.all(own.map(({ guest }) => guest.pauseAll(kind)));
  }

  /** Hears from the node of a guest that their connection is still there. Answers whether they are on this stage. */
  keep(connectionId: string): boolean {
    const entry = this.#entries.get(connectionId);
    if (entry) entry.seenAt = this.now().getTime();
    return entry !== undefined;
  }

  /** Lets go of other nodes' guests that were not heard of since `since`: their node is gone. */
  sweep(ownNode: string, since: number): void {
    for (const [connectionId, entry] of this.#entries) if (entry.home !== ownNode && entry.seenAt < since) this.leave(connectionId);
  }

  /** Counts all guests as heard of now: nodes could not speak to each other, which is no guest's fault. */
  excuse(): void {
    for (const entry of this.#entries.values()) entry.seenAt = this.now().getTime();
  }

  weight(): number {
    let weight = 0;
    for (const { guest } of this.#entries.values()) weight += guest.weight();
    return weight;
  }

  /** Closes everything at once. Twice is harmless. */
  close(): void {
    this.#isClosed = true;
    this.place.stages.delete(this);
    for (const connectionId of this.#entries.keys()) this.leave(connectionId);
    this.router.close();
  }

  #tell(kind: 'trackAdded' | 'trackChanged' | 'trackRemoved', track: TrackView): void {
    if (kind === 'trackRemoved') this.#tracks.delete(track.id);
    else this.#tracks.set(track.id, track);
    const where = { workshopId: this.workshopId, epoch: this.epoch };
    this.onNews(kind === 'trackRemoved' ? { kind, ...where, trackId: track.id } : { kind, ...where, track });
  }
}
