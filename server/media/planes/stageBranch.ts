/**
 * What a node shows of a stage that stands on another one: the guests of this node receive here, and each track that any of
 * them watches comes once, through one pipe between the two nodes.
 */
import type { PipeTransport, Producer } from 'mediasoup/types';
import type { TransportView } from '../../../shared/contracts/live/stage.js';
import { AppError } from '../../../shared/failures.js';
import { mediaCodecs } from '../mediaSettings.js';
import { LayerDemand } from '../stage/layerDemand.js';
import { StageGuest } from '../stage/stageGuest.js';
import type { Guest } from '../stages.js';
import type { MediaPlace } from '../workerPool.js';
import { NodePlanes, type SpillTo } from './nodePlanes.js';
import { connectPipeEnd, openPipeEnd, viewPipeEnd, type PipeListen } from './nodePipe.js';
import type { PipedTrack, PipeEnd, PipeName, PipeNews } from './pipeForms.js';
import { Plane, type Carriage } from './plane.js';

/** The node on which the stage stands, as a branch asks it. Each may throw media.not_found, media.stale_epoch or server.busy. */
export interface Holder {
  nodeId: string;
  openPipe(name: PipeName, end: PipeEnd): Promise<PipeEnd>;
  /** Asks for a track through the pipe. */
  sendTrack(name: PipeName, trackId: string): Promise<PipedTrack>;
  /** Tells which layers of a track are received here. */
  needLayers(name: PipeName, trackId: string, topLayer: number | null): Promise<void>;
  /** The track is not watched here any more. Never fails: what is not heard ends with the pipe. */
  stopTrack(name: PipeName, trackId: string): void;
  closePipe(name: PipeName): void;
}

export interface BranchFloor {
  place: MediaPlace;
  spillTo: SpillTo;
  pipes: PipeListen;
  layerSettleMs: number;
}

/** When the stage's node did not hear what is needed, it is told again after this. Milliseconds. */
const retellMs = 1_000;

export class StageBranch {
  readonly name: PipeName;
  readonly #guests = new Map<string, StageGuest>();
  /** Tracks on this side of the pipe, from the moment they are asked for. */
  readonly #tracks = new Map<string, Promise<Producer>>();
  readonly #planes: NodePlanes;
  readonly #demand: LayerDemand;

  private constructor(stage: Pick<PipeName, 'workshopId' | 'epoch'>, private readonly pipe: PipeTransport, router: Plane['router'], readonly holder: Holder, private readonly floor: BranchFloor) {
    this.name = { ...stage, pipeId: pipe.id };
    const source = new Plane(router, floor.place, (trackId) => this.#bring(trackId));
    this.#demand = new LayerDemand((trackId, topLayer) => this.#tellNeeded(trackId, topLayer), floor.layerSettleMs);
    this.#planes = new NodePlanes(source, this.#demand, floor.spillTo);
  }

  /** @throws media.not_found | media.stale_epoch | server.busy - the stage is not where it was looked for. */
  static async open(stage: Pick<PipeName, 'workshopId' | 'epoch'>, holder: Holder, floor: BranchFloor): Promise<StageBranch> {
    const router = await floor.place.worker.createRouter({ mediaCodecs });
    try {
      const pipe = await openPipeEnd(router, floor.pipes);
      const branch = new StageBranch(stage, pipe, router, holder, floor);
      await connectPipeEnd(pipe, await holder.openPipe(branch.name, viewPipeEnd(pipe)));
      return branch;
    } catch (error) {
      router.close();
      throw error;
    }
  }

  get epoch(): number {
    return this.name.epoch;
  }

  get isClosed(): boolean {
    return this.#planes.source.isClosed;
  }

  get isEmpty(): boolean {
    return this.#guests.size === 0;
  }

  get place(): MediaPlace {
    return this.floor.place;
  }

  /**
   * Lets a guest receive here, in the place of whatever the connection had here.
   *
   * @throws media.not_found - the connection left, or joined once more, meanwhile.
   */
  async join(guest: Guest): Promise<TransportView> {
    this.leave(guest.connectionId);
    // Tracks go on stage where it stands, never here.
    const receiving = new StageGuest(guest, { planes: this.#planes, countTracks: () => 0, look: () => ({ tracks: [], speakingTrackId: null }), tell() {} }, true);
    this.#guests.set(guest.connectionId, receiving);
    try {
      const { receive } = await receiving.open(false);
      if (!receive) throw new AppError('media.not_found');
      return receive;
    } catch (error) {
      if (this.#guests.get(guest.connectionId) === receiving) this.leave(guest.connectionId);
      throw error;
    }
  }

  leave(connectionId: string): void {
    this.#guests.get(connectionId)?.close();
    this.#guests.delete(connectionId);
  }

  /** @throws media.not_found - the connection receives nothing here. */
  guest(connectionId: string): StageGuest {
    const guest = this.#guests.get(connectionId);
    if (!guest) throw new AppError('media.not_found');
    return guest;
  }

  /** Whether a transport is one on which this connection receives here. */
  owns(connectionId: string, transportId: string): boolean {
    return this.#guests.get(connectionId)?.owns(transportId) ?? false;
  }

  /** All guests, by connection. */
  guests(): string[] {
    return [...this.#guests.keys()];
  }

  /** The guests whose worker is gone, by connection. */
  fallen(): string[] {
    return [...this.#guests].flatMap(([connectionId, guest]) => (this.isClosed || guest.isFallen ? [connectionId] : []));
  }

  /** A worker is gone on which the branch had a plane, but not its source. */
  placeGone(place: MediaPlace): void {
    this.#planes.placeGone(place);
  }

  /** Hears what became of a track at the stage. */
  async hear({ trackId, change }: Pick<PipeNews, 'trackId' | 'change'>): Promise<void> {
    const producer = trackId === null ? null : await this.#tracks.get(trackId);
    if (!producer || producer.closed) return;
    if (change === 'closed') producer.close();
    else await (change === 'paused' ? producer.pause() : producer.resume());
  }

  /** Closes everything at once, the other end of the pipe too. Twice is harmless. */
  close(): void {
    for (const connectionId of this.#guests.keys()) this.leave(connectionId);
    this.#planes.close();
    this.holder.closePipe(this.name);
  }

  async #bring(trackId: string): Promise<Carriage> {
    const bringing = this.#produce(trackId);
    this.#tracks.set(trackId, bringing);
    const forget = (): void => {
      if (this.#tracks.get(trackId) === bringing) this.#tracks.delete(trackId);
    };
    try {
      const producer = await bringing;
      if (producer.kind === 'video') this.#demand.add(trackId);
      return {
        close: () => {
          forget();
          this.#demand.remove(trackId);
          producer.close();
          this.holder.stopTrack(this.name, trackId);
        },
      };
    } catch (error) {
      forget();
      throw error;
    }
  }

  async #produce(trackId: string): Promise<Producer> {
    const { kind, rtpParameters, paused } = await this.holder.sendTrack(this.name, trackId);
    return this.pipe.produce({ id: trackId, kind, rtpParameters, paused });
  }

  /** What is not heard is told again, for a layer that is not asked for is not sent. */
  #tellNeeded(trackId: string, topLayer: number | null): void {
    this.holder.needLayers(this.name, trackId, topLayer).catch(() => {
      setTimeout(() => this.#demand.tellAgain(trackId), retellMs).unref();
    });
  }
}
