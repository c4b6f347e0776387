/**
 * A plane: one router of a stage, on one worker, on which guests receive. Tracks are brought to it when somebody there
 * wants them, once for all who do, and taken away with the last of them.
 */
import type { Router, WebRtcServer } from 'mediasoup/types';
import { LineProbe } from '../stage/lineProbe.js';
import type { MediaPlace } from '../workerPool.js';

/** What is carried on a worker: a guest, in the weights that BigBlueButton's SFU balances by. */
export interface Load {
  weight(): number;
}

/** A track as it was brought to a plane; `close` takes it away. */
export interface Carriage {
  close(): void;
}

/** Brings a track to a plane. Null: there is no such track. */
export type BringTrack = (trackId: string) => Promise<Carriage | null>;

/** A track that was made on the plane itself needs no bringing. */
export const madeHere: Carriage = { close() {} };

interface Carried {
  users: number;
  carriage: Promise<Carriage | null>;
}

export class Plane {
  readonly #loads = new Set<Load>();
  readonly #carried = new Map<string, Carried>();
  /** Tracks that are being taken away: a track is here once, so one that is wanted again waits for that. */
  #probe: Promise<LineProbe> | null = null;
  readonly #leaving = new Map<string, Promise<void>>();

  /** @param onEmpty - called when the last guest has left. */
  constructor(readonly router: Router, readonly place: MediaPlace, private readonly bring: BringTrack, private readonly onEmpty: () => void = () => {}) {
    place.planes.add(this);
  }

  /** The server whose port its transports share. */
  get server(): WebRtcServer {
    return this.place.server;
  }

  get isClosed(): boolean {
    return this.router.closed;
  }

  enter(load: Load): void {
    this.#loads.add(load);
  }

  leave(load: Load): void {
    if (this.#loads.delete(load) && this.#loads.size === 0) this.onEmpty();
  }

  has(load: Load): boolean {
    return this.#loads.has(load);
  }

  weight(): number {
    let weight = 0;
    for (const load of this.#loads) weight += load.weight();
    return weight;
  }

  /** Has a track brought here. Answers how to let go of it, which is to be called once; null when there is no such track. */
  async carry(trackId: string): Promise<(() => void) | null> {
    const carried = this.#carried.get(trackId) ?? this.#fetch(trackId);
    carried.users += 1;
    let isHeld = true;
    const letGo = (): void => {
      if (!isHeld) return;
      isHeld = false;
      carried.users -= 1;
      if (carried.users === 0) this.#drop(trackId, carried);
    };
    // Whoever asks is answered; why a track could not be brought is in the log of whoever brings.
    if (await carried.carriage.catch(() => null)) return letGo;
    letGo();
    return null;
  }

  /** What lines are measured by here; made for the first who asks. @throws the router's refusal when its worker is gone. */
  probe(): Promise<LineProbe> {
    return (this.#probe ??= LineProbe.open(this.router));
  }

  /** Closes everything on it at once. Twice is harmless. */
  close(): void {
    this.place.planes.delete(this);
    this.router.close();
  }

  #fetch(trackId: string): Carried {
    const leaving = this.#leaving.get(trackId);
    const carried: Carried = { users: 0, carriage: leaving ? leaving.then(() => this.bring(trackId)) : this.bring(trackId) };
    this.#carried.set(trackId, carried);
    return carried;
  }

  #drop(trackId: string, carried: Carried): void {
    this.#carried.delete(trackId);
    const leaving: Promise<void> = carried.carriage
      .then((carriage) => carriage?.close(), () => {})
      .then(() => {
        if (this.#leaving.get(trackId) === leaving) this.#leaving.delete(trackId);
      });
    this.#leaving.set(trackId, leaving);
  }
}
