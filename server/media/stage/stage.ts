/**
 * The stage of one workshop, on the node that holds it: its guests, and what they put on stage. Its tracks come in on one
 * router; guests receive on that one, on further ones of this node, or on their own node at the far end of a pipe.
 */
import type { OnStageNow, StageView, TrackView, TransportView } from '../../../shared/contracts/live/stage.js';
import { AppError } from '../../../shared/failures.js';
import { connectionsPerMember, mediaCodecs } from '../mediaSettings.js';
import { NearPipes, type PipeChange } from '../planes/nearPipes.js';
import { NodePlanes, type SpillTo } from '../planes/nodePlanes.js';
import type { PipeListen } from '../planes/nodePipe.js';
import { madeHere, Plane } from '../planes/plane.js';
import { LayerDemand } from './layerDemand.js';
import { SpeakerWatch } from './speakerWatch.js';
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

/** What a stage needs of its node. */
export interface StageFloor {
  place: MediaPlace;
  spillTo: SpillTo;
  pipes: PipeListen;
  layerSettleMs: number;
  onNews(news: StageNews): void;
  /** Tells the node at the far end of a pipe what becomes of what it is sent. */
  tellPipe(nodeId: string, change: PipeChange): void;
  now(): Date;
}

/** How a guest comes to a stage. */
export interface Coming {
  guest: Guest;
  mayPresent: boolean;
  /** The node the connection is on. */
  home: string;
  /** False when the guest receives on their own node. */
  receives: boolean;
}

/** What a guest finds; `receive` is null for those who receive on their own node. */
export type SeatedView = Omit<StageView, 'receive' | 'ice'> & { receive: TransportView | null };

export class Stage {
  readonly pipes: NearPipes;
  readonly #entries = new Map<string, Entry>();
  readonly #tracks = new Map<string, TrackView>();
  readonly #planes: NodePlanes;
  readonly #demand: LayerDemand;
  #speaker: SpeakerWatch | null = null;
  readonly #guestFloor: GuestFloor;
  /** Since when nobody is here; null while somebody is. */
  #emptySince: number | null;
  #isClosed = false;

  private constructor(readonly workshopId: string, readonly epoch: number, router: Plane['router'], private readonly floor: StageFloor) {
    const source = new Plane(router, floor.place, async (trackId) => Promise.resolve(this.#tracks.has(trackId) ? madeHere : null));
    this.#emptySince = floor.now().getTime();
    this.#demand = new LayerDemand((trackId, topLayer) => this.#tellNeeded(trackId, topLayer), floor.layerSettleMs);
    this.#planes = new NodePlanes(source, this.#demand, floor.spillTo);
    this.pipes = new NearPipes(source, this.#demand, floor.pipes, (nodeId, change) => floor.tellPipe(nodeId, change), () => floor.now());
    this.#guestFloor = { planes: this.#planes, countTracks: (memberId) => this.#countTracks(memberId), look: () => this.#look(), tell: (kind, track) => this.#tell(kind, track) };
  }

  static async open(workshopId: string, epoch: number, floor: StageFloor): Promise<Stage> {
    const router = await floor.place.worker.createRouter({ mediaCodecs });
    const stage = new Stage(workshopId, epoch, router, floor);
    stage.#speaker = await SpeakerWatch.open(router, (speakingTrackId) => floor.onNews({ kind: 'speakerChanged', workshopId, epoch, speakingTrackId }));
    return stage;
  }

  get isClosed(): boolean {
    return this.#isClosed || this.#planes.source.isClosed;
  }

  /** The worker that its tracks come in on; the stage falls with it. */
  get place(): MediaPlace {
    return this.floor.place;
  }

  /** Since when nobody is here, in milliseconds; null while somebody is, or watches on another node. */
  get emptySince(): number | null {
    return this.pipes.size > 0 ? null : this.#emptySince;
  }

  /**
   * Puts a guest on stage, in the place of whatever the connection had here.
   *
   * @throws media.not_found - the connection left, or joined once more, meanwhile.
   * @throws media.unsupported - the member is here on too many connections.
   */
  async join({ guest, mayPresent, home, receives }: Coming): Promise<SeatedView> {
    this.leave(guest.connectionId);
    if (this.#entriesOf(guest.person.id).length >= connectionsPerMember) throw new AppError('media.unsupported');
    const entry: Entry = { guest: new StageGuest(guest, this.#guestFloor, receives), home, seenAt: this.#clock() };
    this.#entries.set(guest.connectionId, entry);
    this.#emptySince = null;
    try {
      const transports = await entry.guest.open(mayPresent);
      return { epoch: this.epoch, routerRtpCapabilities: { ...this.#planes.source.router.rtpCapabilities }, ...transports, ...this.#look() };
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
    if (this.#entries.size === 0) this.#emptySince = this.#clock();
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
    if (entry) entry.seenAt = this.#clock();
    return entry !== undefined;
  }

  /** Lets go of other nodes' guests, and of pipes, that were not heard of since `since`: their node is gone. */
  sweep(ownNode: string, since: number): void {
    for (const [connectionId, entry] of this.#entries) if (entry.home !== ownNode && entry.seenAt < since) this.leave(connectionId);
    this.pipes.sweep(since);
  }

  /** Counts all guests as heard of now: nodes could not speak to each other, which is no guest's fault. */
  excuse(): void {
    for (const entry of this.#entries.values()) entry.seenAt = this.#clock();
    this.pipes.excuse();
  }

  /** A worker is gone on which the stage had a plane, but not its source: those who received there are told to join again. */
  placeGone(place: MediaPlace): void {
    this.#planes.placeGone(place);
    for (const [connectionId, { guest }] of this.#entries) if (guest.isFallen) this.floor.onNews({ kind: 'moved', workshopId: this.workshopId, epoch: this.epoch, connectionId });
  }

  /** Closes everything at once. Twice is harmless. */
  close(): void {
    this.#isClosed = true;
    this.pipes.closeAll();
    for (const connectionId of this.#entries.keys()) this.leave(connectionId);
    this.#planes.close();
  }

  #look(): OnStageNow {
    return { tracks: [...this.#tracks.values()], speakingTrackId: this.#speaker?.speakingTrackId ?? null };
  }

  #entriesOf(memberId: string): Entry[] {
    return [...this.#entries.values()].filter(({ guest }) => guest.guest.person.id === memberId);
  }

  #countTracks(memberId: string): number {
    return this.#entriesOf(memberId).reduce((sum, { guest }) => sum + guest.trackCount, 0);
  }

  #clock(): number {
    return this.floor.now().getTime();
  }

  #tell(kind: 'trackAdded' | 'trackChanged' | 'trackRemoved', track: TrackView): void {
    if (kind === 'trackRemoved') this.#tracks.delete(track.id);
    else this.#tracks.set(track.id, track);
    this.#follow(kind, track);
    const where = { workshopId: this.workshopId, epoch: this.epoch };
    this.floor.onNews(kind === 'trackRemoved' ? { kind, ...where, trackId: track.id } : { kind, ...where, track });
  }

  /** Pictures are watched for what of them is received, microphones for who speaks. */
  #follow(kind: 'trackAdded' | 'trackChanged' | 'trackRemoved', { id, source, paused, kind: media }: TrackView): void {
    if (media === 'video' && kind === 'trackAdded') this.#demand.add(id);
    if (kind === 'trackRemoved') this.#demand.remove(id);
    if (source === 'microphone' && kind === 'trackAdded') this.#speaker?.add(id);
    if (kind === 'trackRemoved' || paused) this.#speaker?.quiet(id);
  }

  #tellNeeded(trackId: string, topLayer: number | null): void {
    for (const [connectionId, { guest }] of this.#entries) {
      if (guest.tracks.has(trackId)) this.floor.onNews({ kind: 'layersNeeded', workshopId: this.workshopId, epoch: this.epoch, connectionId, trackId, topLayer });
    }
  }
}
