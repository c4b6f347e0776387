/**
 * The planes of one stage on one node: the source, where its tracks come in, and others on further workers when that one is
 * full. Each of these is fed from the source by a pipe within the machine.
 */
import { AppError } from '../../../shared/failures.js';
import { mediaCodecs } from '../mediaSettings.js';
import { FirstPicture } from '../stage/firstPicture.js';
import type { LayerDemand } from '../stage/layerDemand.js';
import type { MediaPlace } from '../workerPool.js';
import { Plane, type BringTrack, type Load } from './plane.js';

/** Where the next guest receives, given where the stage stands. */
export type SpillTo = (standing: readonly MediaPlace[]) => MediaPlace;

export class NodePlanes {
  readonly pictures = new FirstPicture();
  readonly #others = new Map<MediaPlace, Promise<Plane>>();

  /** @param demand - which layers of the tracks are received on any of the planes. */
  constructor(readonly source: Plane, readonly demand: LayerDemand, private readonly spillTo: SpillTo) {}

  /**
   * Finds the plane on which a guest is to receive, and puts them on it.
   *
   * @throws media.not_found - the stage was closed.
   */
  async seat(load: Load): Promise<Plane> {
    while (!this.source.isClosed) {
      const plane = await this.#on(this.spillTo([this.source.place, ...this.#others.keys()]));
      if (plane.isClosed) continue;
      plane.enter(load);
      return plane;
    }
    throw new AppError('media.not_found');
  }

  /** @throws media.not_found - the stage was closed. */
  seatAtSource(load: Load): Plane {
    if (this.source.isClosed) throw new AppError('media.not_found');
    this.source.enter(load);
    return this.source;
  }

  /** A worker is gone: forgets the plane that stood on it. */
  placeGone(place: MediaPlace): void {
    this.#others.delete(place);
  }

  /** Closes everything at once. Twice is harmless. */
  close(): void {
    this.demand.close();
    this.pictures.close();
    this.source.close();
    for (const opening of this.#others.values()) opening.then((plane) => plane.close(), () => {});
    this.#others.clear();
  }

  #on(place: MediaPlace): Promise<Plane> {
    if (place === this.source.place) return Promise.resolve(this.source);
    const known = this.#others.get(place);
    if (known) return known;
    const opening = this.#open(place);
    this.#others.set(place, opening);
    // A worker that dies while a router is asked of it.
    opening.catch(() => this.#forget(place, opening));
    return opening;
  }

  async #open(place: MediaPlace): Promise<Plane> {
    const router = await place.worker.createRouter({ mediaCodecs });
    const plane = new Plane(router, place, bringFrom(this.source, router), () => {
      this.#others.delete(place);
      plane.close();
    });
    if (this.source.isClosed) plane.close();
    return plane;
  }

  #forget(place: MediaPlace, opening: Promise<Plane>): void {
    if (this.#others.get(place) === opening) this.#others.delete(place);
  }
}

/**
 * Brings tracks by a pipe between two routers of this machine. mediasoup has the pipe follow its track: paused, resumed,
 * closed.
 */
function bringFrom(source: Plane, router: Plane['router']): BringTrack {
  return async (trackId) => {
    const letGo = await source.carry(trackId);
    if (!letGo) return null;
    try {
      const { pipeConsumer } = await source.router.pipeToRouter({ producerId: trackId, router, enableSctp: false });
      return {
        close() {
          pipeConsumer?.close();
          letGo();
        },
      };
    } catch (error) {
      letGo();
      throw error;
    }
  };
}
