/** What one link sends: the send transport, where there is one, and the tracks over it. A speaker gets it while they stay, and loses it so. */
import type { types } from 'mediasoup-client';
import { newClientId } from '../../api/clientId.js';
import { call } from '../../api/socket.js';
import { stage, type TrackSource, type TrackView } from '../../../shared/contracts/live/stage.js';
import { sendingOptions, streamOf } from './encodings.js';
import { LayersSent } from './layersSent.js';
import type { StagePlace } from './stageTransport.js';

export class StageSender {
  readonly #layers = new LayersSent(() => this.#producers.values());
  readonly #producers = new Map<TrackSource, types.Producer>();
  /** Sources being produced: their track may be told of before the answer names it as our own. */
  readonly #starting = new Set<TrackSource>();
  #transport: types.Transport | null = null;

  constructor(private readonly device: types.Device, private readonly place: StagePlace, private readonly memberId: string) {}

  get isOpen(): boolean {
    return this.#transport !== null;
  }

  /** Sends over this transport from now on, in the place of the one before. */
  open(transport: types.Transport): void {
    this.close();
    this.#transport = transport;
  }

  /** The tracks are not stopped with it. */
  close(): void {
    this.#transport?.close();
    this.#transport = null;
    this.#producers.clear();
  }

  /** @see StageLink.produce */
  async produce(source: TrackSource, media: MediaStreamTrack): Promise<string> {
    if (!this.#transport) throw new Error('This member may not present.');
    this.#starting.add(source);
    try {
      const producer = await this.#transport.produce({
        track: media,
        stopTracks: false,
        streamId: streamOf(this.memberId, source),
        appData: { source, clientTrackId: newClientId() },
        ...sendingOptions(source, this.device),
      });
      this.#producers.set(source, producer);
      return producer.id;
    } finally {
      this.#starting.delete(source);
      this.#layers.apply();
    }
  }

  /** Pauses or goes on sending, here at once and then on the stage. */
  async setPaused(source: TrackSource, paused: boolean): Promise<void> {
    const producer = this.#producers.get(source);
    if (!producer) return;
    if (paused) producer.pause();
    else producer.resume();
    await call(stage.pauseTrack, { ...this.place, trackId: producer.id, paused });
  }

  /** Sends another camera or microphone in the place of the one before; listeners notice nothing but the picture. */
  async replace(source: TrackSource, media: MediaStreamTrack): Promise<void> {
    await this.#producers.get(source)?.replaceTrack({ track: media });
  }

  /** Ends a track, and lets `forget` know which. */
  async stop(source: TrackSource, forget: (trackId: string) => void): Promise<void> {
    const producer = this.#producers.get(source);
    if (!producer) return;
    this.#producers.delete(source);
    producer.close();
    forget(producer.id);
    this.#layers.apply();
    await call(stage.closeTrack, { ...this.place, trackId: producer.id });
  }

  /** The stage says which layers of a track are received. */
  sendLayers(trackId: string, topLayer: number | null): void {
    this.#layers.hear(trackId, topLayer);
  }

  /** Whether a track is sent from here. */
  isOwn(view: TrackView): boolean {
    if ([...this.#producers.values()].some((producer) => producer.id === view.id)) return true;
    return view.person.id === this.memberId && this.#starting.has(view.source);
  }

  /** WebRTC's own counters; null while nothing is sent. */
  async stats(): Promise<RTCStatsReport | null> {
    return this.#transport && this.#producers.size > 0 ? this.#transport.getStats() : null;
  }
}
