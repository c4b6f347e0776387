/** One stay on one stage: everything that lives and dies with a `stage.join`. A rebuilt stage gets a new link. */
import { Device, type types } from 'mediasoup-client';
import { call } from '../../api/socket.js';
import { RtpCapabilities, stage, type StageView, type TrackSource, type TrackView, type TransportView } from '../../../shared/contracts/live/stage.js';
import { ConsumerCare, type Received } from './consumerCare.js';
import { streamOf } from './encodings.js';
import type { LineMeasure } from '../line/lineVerdict.js';
import { measureLine } from '../line/measureLine.js';
import type { Sights } from './sights.js';
import { StageSender } from './stageSender.js';
import type { RoadEvents } from './roadMender.js';
import { openTransport, type StagePlace } from './stageTransport.js';
import type { Road, StageStats, StageTrack } from './stageState.js';
import type { Viewpoint } from './viewing.js';

/** As many as one call about tracks may name. */
const atOnce = 64;

/** Who sits here, and what they look at; it outlives the stay. */
export interface Seat {
  memberId: string;
  sights: Sights;
  viewpoint: () => Viewpoint;
}

/** What was told of one epoch, and what it changes. */
export interface LinkNews {
  epoch: number;
  apply: (link: StageLink) => void;
}

export interface LinkEvents extends RoadEvents {
  /** The tracks, or the media of one, changed. */
  tracksChanged: () => void;
  /** A call of this stay failed; the caller judges whether to join again. */
  failed: (error: unknown) => void;
}

/** Everything received and sent during one stay. `close()` twice is harmless. */
export class StageLink {
  readonly place: StagePlace;
  readonly #device: types.Device;
  readonly #receive: types.Transport;
  readonly sender: StageSender;
  readonly #openSend: (view: TransportView) => types.Transport;
  readonly #events: LinkEvents;
  readonly #care: ConsumerCare;
  readonly #views = new Map<string, TrackView>();
  readonly #consumers = new Map<string, types.Consumer>();
  readonly #roads = new Map<'receive' | 'send', Road>();
  #consuming: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(device: types.Device, place: StagePlace, view: StageView, seat: Seat, events: LinkEvents) {
    this.#device = device;
    this.place = place;
    this.#events = events;
    const way = { ...place, relays: view.ice.servers };
    this.#receive = openTransport(device, 'receive', view.receive, way, { ...events, roadChanged: (road) => this.#tellRoad('receive', road) });
    this.#openSend = (send) => openTransport(device, 'send', send, way, { ...events, roadChanged: (road) => this.#tellRoad('send', road) });
    this.sender = new StageSender(device, place, seat.memberId);
    if (view.send) this.sender.open(this.#openSend(view.send));
    for (const track of view.tracks) this.#views.set(track.id, track);
    this.#care = new ConsumerCare(seat.sights, seat.viewpoint, () => this.#received(), {
      preferLayers: async (preferences) => {
        for (const some of inParts(preferences)) await call(stage.preferLayers, { ...place, preferences: some });
      },
      pause: async (ids, paused) => {
        for (const consumerIds of inParts(ids)) await call(stage.pauseConsumers, { ...place, consumerIds, paused });
      },
      failed: events.failed,
    });
  }

  /**
   * Builds the stay from what `stage.join` answered.
   *
   * @throws {Error} named `UnsupportedError` when this browser has no usable WebRTC.
   */
  static async open(workshopId: string, seat: Seat, view: StageView, events: LinkEvents): Promise<StageLink> {
    const device = await Device.factory();
    await device.load({ routerRtpCapabilities: view.routerRtpCapabilities });
    return new StageLink(device, { workshopId, epoch: view.epoch }, view, seat, events);
  }

  /** The tracks of others (and of this member's other tabs), and what is received of them. */
  tracks(): StageTrack[] {
    return [...this.#views.values()]
      .filter((view) => !this.sender.isOwn(view))
      .map((view) => ({ view, media: this.#consumers.get(view.id)?.track ?? null }));
  }

  /** A track appeared or changed. */
  put(view: TrackView): void {
    this.#views.set(view.id, view);
    this.#events.tracksChanged();
    this.consumeMissing();
  }

  /** A track changed, if it is still there. */
  change(view: TrackView): void {
    if (this.#views.has(view.id)) this.put(view);
  }

  remove(trackId: string): void {
    this.#views.delete(trackId);
    this.#consumers.get(trackId)?.close();
    this.#consumers.delete(trackId);
    this.#events.tracksChanged();
  }

  /** Whether this member may put something on stage. */
  get mayPresent(): boolean {
    return this.sender.isOpen;
  }

  /**
   * This member was asked onto the stage: opens what they send over.
   *
   * @throws workshop.not_found, media.not_found, media.stale_epoch, media.unavailable; {@link OfflineError}.
   */
  async present(): Promise<void> {
    if (this.mayPresent) return;
    const view = await call(stage.present, this.place);
    if (this.#closed || this.mayPresent) return;
    this.sender.open(this.#openSend(view));
    this.#events.tracksChanged();
  }

  /** This member is audience again. */
  endPresenting(): void {
    this.sender.close();
    this.#roads.delete('send');
    this.#tellRoad('receive', this.#roads.get('receive') ?? 'connecting');
    this.#events.tracksChanged();
  }

  /** Asks for every track that is told of and not yet received. Runs one after the other, so that no track is asked for twice. */
  consumeMissing(): void {
    this.#consuming = this.#consuming.then(async () => {
      const wanted = [...this.#views.values()].filter((view) => !this.sender.isOwn(view) && !this.#consumers.has(view.id)).map((view) => view.id);
      for (const some of inParts(wanted)) if (!this.#closed) await this.#consume(some);
    }).catch((error: unknown) => {
      if (!this.#closed) this.#events.failed(error);
    });
  }

  /**
   * Sends a track. The track is not stopped when the link closes: it is sent again over the next one.
   *
   * @returns the id of the track on stage.
   * @throws media.unsupported, media.stale_epoch, media.not_found, media.unavailable; {@link OfflineError}.
   */
  async produce(source: TrackSource, media: MediaStreamTrack): Promise<string> {
    try {
      return await this.sender.produce(source, media);
    } finally {
      this.#events.tracksChanged();
      if (!this.#closed) this.consumeMissing();
    }
  }

  /** Takes a track of one's own off the stage. */
  stop(source: TrackSource): Promise<void> {
    return this.sender.stop(source, (trackId) => this.#views.delete(trackId));
  }

  /** What stands on the stage, as it was asked for when it went live. */
  putAll(views: readonly TrackView[]): void {
    for (const view of views) this.#views.set(view.id, view);
    this.#events.tracksChanged();
    this.consumeMissing();
  }

  /** Something is seen otherwise than before; `isAskedFor` where the member asked for it by name. */
  lookAgain(isAskedFor = false): void {
    if (isAskedFor) this.#care.lookNow();
    else this.#care.look();
  }

  /** @see measureLine */
  measureLine(): Promise<LineMeasure | null> {
    return measureLine(this.#device, this.#receive, {
      probe: (rtpCapabilities) => call(stage.probe, { ...this.place, rtpCapabilities }),
      resume: (consumerId) => call(stage.resume, { ...this.place, consumerIds: [consumerId] }),
    });
  }

  /** WebRTC's own counters of both directions. */
  async stats(): Promise<StageStats> {
    const screens = new Set([...this.#views.values()].flatMap(({ id, source }) => (source === 'screen' ? (this.#consumers.get(id)?.track.id ?? []) : [])));
    return { changes: this.#care.changes, screens, receive: await this.#receive.getStats(), send: await this.sender.stats() };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#care.close();
    this.#receive.close();
    this.sender.close();
    this.#consumers.clear();
  }

  /** One that is broken is the stay's trouble, whichever it is. */
  #tellRoad(direction: 'receive' | 'send', road: Road): void {
    this.#roads.set(direction, road);
    this.#events.roadChanged([...this.#roads.values()].includes('mending') ? 'mending' : (this.#roads.get('receive') ?? 'connecting'));
  }

  #received(): Received[] {
    return [...this.#views.values()].flatMap((view) => {
      const consumer = this.#consumers.get(view.id);
      return consumer ? [{ consumerId: consumer.id, view }] : [];
    });
  }

  async #consume(trackIds: string[]): Promise<void> {
    const views = await call(stage.consume, { ...this.place, trackIds, rtpCapabilities: RtpCapabilities.parse(this.#device.recvRtpCapabilities) });
    const received = await Promise.all(views.map(async (view) => {
      const told = this.#views.get(view.trackId);
      // Taken off the stage while we asked.
      if (!told || this.#closed) return null;
      this.#views.set(view.trackId, { ...told, paused: view.trackPaused });
      const consumer = await this.#receive.consume({
        id: view.id,
        producerId: view.trackId,
        kind: view.kind,
        rtpParameters: view.rtpParameters as unknown as types.RtpParameters,
        streamId: streamOf(told.person.id, told.source),
      });
      if (this.#views.has(view.trackId)) this.#consumers.set(view.trackId, consumer);
      else consumer.close();
      return { consumerId: view.id, view: told };
    }));
    this.#events.tracksChanged();
    const consumerIds = this.#care.begin(received.filter((one) => one !== null));
    // Resumed only now: a packet before the track is attached would be lost, and with it the first picture.
    if (consumerIds.length > 0 && !this.#closed) await call(stage.resume, { ...this.place, consumerIds });
  }
}

function inParts<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / atOnce) }, (_none, part) => items.slice(part * atOnce, (part + 1) * atOnce));
}
