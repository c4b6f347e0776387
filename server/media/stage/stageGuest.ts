/**
 * One guest of one stage, with all that they opened there: a receive transport, a send transport for those who may
 * present, tracks and consumers. Whatever a client names is looked up here, among its own, and nowhere else.
 */
import type { Consumer, Producer, RtpCapabilities, WebRtcTransport } from 'mediasoup/types';
import type { CloseTrack, ConnectTransport, ConsumerView, ConsumeTracks, PauseTrack, ProduceTrack, RestartIce, ResumeTracks, TrackView, TransportView } from '../../../shared/contracts/stage.js';
import { AppError } from '../../../shared/failures.js';
import { GuestTransport, type Floor } from './guestTransport.js';
import { judgeByMediasoup } from './mediaFailures.js';
import { consumersPerGuest, keyFrameRequestDelayMs, kindOfSource, tracksPerGuest } from '../mediaSettings.js';
import { readCapabilities, readParameters } from './rtpForms.js';
import type { Guest } from '../stages.js';

/** A track on stage: the producer, and what is told of it. */
export interface Track {
  clientTrackId: string;
  producer: Producer;
  view: TrackView;
}

/** What a guest needs of the stage it is on. */
export interface GuestFloor extends Floor {
  hasTrack(trackId: string): boolean;
  tell(kind: 'trackAdded' | 'trackChanged' | 'trackRemoved', track: TrackView): void;
}

export class StageGuest {
  readonly tracks = new Map<string, Track>();
  /** By the client's own name for the track, from the first request on: a retry finds it here. */
  readonly #named = new Map<string, Promise<Track>>();
  readonly #consumers = new Map<string, Consumer>();
  /** By track, from the first request on; null where it cannot be received. */
  readonly #received = new Map<string, Promise<Consumer | null>>();
  #transports: { receive: GuestTransport; send: GuestTransport | null } | null = null;
  #isClosed = false;

  constructor(readonly guest: Guest, private readonly floor: GuestFloor) {}

  /** @throws media.not_found - the guest left meanwhile. */
  async open(mayPresent: boolean): Promise<{ receive: TransportView; send: TransportView | null }> {
    const receive = await GuestTransport.open(this.floor, 'receive');
    try {
      if (this.#isClosed) throw new AppError('media.not_found');
      const send = mayPresent ? await GuestTransport.open(this.floor, 'send') : null;
      this.#transports = { receive, send };
      if (this.#isClosed) throw new AppError('media.not_found');
      return { receive: receive.view(), send: send?.view() ?? null };
    } catch (error) {
      receive.transport.close();
      this.#transports?.send?.transport.close();
      throw error;
    }
  }

  /**
   * Opens a send transport for a guest who came without one.
   *
   * @throws media.not_found - the guest left meanwhile.
   */
  async present(): Promise<TransportView> {
    const before = this.#sending();
    if (before) return before.view();
    const send = await GuestTransport.open(this.floor, 'send');
    // The guest may have asked twice, or have left meanwhile.
    const first = this.#sending();
    if (first || this.#isClosed || !this.#transports) send.transport.close();
    else this.#transports.send = send;
    const now = this.#sending();
    if (!now) throw new AppError('media.not_found');
    return now.view();
  }

  /** Closes the send transport, and with it the guest's tracks; packets stop at once. */
  endPresenting(): void {
    this.#transports?.send?.transport.close();
  }

  connect(input: ConnectTransport): Promise<void> {
    return this.#own(input.transportId).connect(input.dtlsParameters);
  }

  /** @throws media.not_found | media.unsupported */
  async produce(input: ProduceTrack): Promise<TrackView> {
    const own = this.#own(input.transportId);
    if (own !== this.#transports?.send) throw new AppError('media.not_found');
    const known = this.#named.get(input.clientTrackId);
    if (known) return (await known).view;
    if (kindOfSource[input.source] !== input.kind || this.#named.size >= tracksPerGuest) throw new AppError('media.unsupported');
    const making = this.#makeTrack(own.transport, input);
    this.#named.set(input.clientTrackId, making);
    try {
      return (await making).view;
    } catch (error) {
      this.#named.delete(input.clientTrackId);
      throw error;
    }
  }

  /** Tracks that are gone, that the client cannot receive, or that go beyond a guest's share are left out. */
  async consume(input: ConsumeTracks): Promise<ConsumerView[]> {
    const { transport } = this.#receiving();
    const capabilities = readCapabilities(input.rtpCapabilities);
    const consumers = await Promise.all([...new Set(input.trackIds)].map((trackId) => this.#receiveTrack(transport, trackId, capabilities)));
    if (this.#isClosed) throw new AppError('media.not_found');
    return consumers.flatMap((consumer) => (consumer && !consumer.closed ? [viewConsumer(consumer)] : []));
  }

  /**
   * Resumes those that are still there: a track may come off the stage at any moment.
   *
   * @throws media.not_found - none of them is there.
   */
  async resume(input: ResumeTracks): Promise<void> {
    const own = input.consumerIds.flatMap((id) => this.#consumers.get(id) ?? []);
    const resumed = await Promise.allSettled(own.map((consumer) => judgeByMediasoup(consumer.resume())));
    if (resumed.every((one) => one.status === 'rejected')) throw new AppError('media.not_found');
  }

  pauseTrack(input: PauseTrack): Promise<void> {
    return this.#setPaused(input.trackId, input.paused);
  }

  /** Pauses all that the guest sends of a kind. */
  async pauseAll(kind: TrackView['kind']): Promise<void> {
    const own = [...this.tracks.values()].filter(({ view }) => view.kind === kind && !view.paused);
    await Promise.allSettled(own.map(({ view }) => this.#setPaused(view.id, true)));
  }

  async closeTrack(input: CloseTrack): Promise<void> {
    const track = this.#ownTrack(input.trackId);
    track.producer.close();
    this.#drop(track);
    await Promise.resolve();
  }

  /** @returns the new ICE parameters. */
  async restartIce(input: RestartIce): Promise<Record<string, unknown>> {
    return { ...(await judgeByMediasoup(this.#own(input.transportId).transport.restartIce())) };
  }

  /** Closes all that the guest opened; packets stop at once. Twice is harmless. */
  close(): void {
    this.#isClosed = true;
    this.#transports?.receive.transport.close();
    this.#transports?.send?.transport.close();
  }

  /** How much work the guest is for a worker, in the weights that BigBlueButton's SFU balances by. */
  weight(): number {
    return (this.#transports?.send ? 20 : 10) + this.tracks.size * 5 + this.#consumers.size * 2;
  }

  async #makeTrack(transport: WebRtcTransport, input: ProduceTrack): Promise<Track> {
    const { kind, source, clientTrackId } = input;
    const making = transport.produce({ kind, rtpParameters: readParameters(input.rtpParameters), keyFrameRequestDelay: keyFrameRequestDelayMs });
    const producer = await judgeByMediasoup(making);
    if (this.#isClosed || transport.closed) {
      producer.close();
      throw new AppError('media.not_found');
    }
    const track: Track = { clientTrackId, producer, view: { id: producer.id, person: this.guest.person, kind, source, paused: false } };
    this.tracks.set(producer.id, track);
    producer.on('transportclose', () => this.#drop(track));
    this.floor.tell('trackAdded', track.view);
    return track;
  }

  #receiveTrack(transport: WebRtcTransport, trackId: string, rtpCapabilities: RtpCapabilities): Promise<Consumer | null> {
    if (!this.floor.hasTrack(trackId)) return Promise.resolve(null);
    const known = this.#received.get(trackId);
    if (known) return known;
    if (this.#received.size >= consumersPerGuest) return Promise.resolve(null);
    if (!this.floor.router.canConsume({ producerId: trackId, rtpCapabilities })) return Promise.resolve(null);
    const receiving = this.#makeConsumer(transport, trackId, rtpCapabilities);
    this.#received.set(trackId, receiving);
    return receiving;
  }

  async #makeConsumer(transport: WebRtcTransport, trackId: string, rtpCapabilities: RtpCapabilities): Promise<Consumer | null> {
    const forget = (): void => void this.#received.delete(trackId);
    try {
      const consumer = await judgeByMediasoup(transport.consume({ producerId: trackId, rtpCapabilities, paused: true }));
      if (this.#isClosed || transport.closed) consumer.close();
      else this.#consumers.set(consumer.id, consumer);
      consumer.on('producerclose', () => {
        this.#consumers.delete(consumer.id);
        forget();
      });
      return consumer;
    } catch {
      // The track went away while it was asked for, or is of a kind this client cannot take after all.
      forget();
      return null;
    }
  }

  async #setPaused(trackId: string, paused: boolean): Promise<void> {
    const track = this.#ownTrack(trackId);
    await judgeByMediasoup(paused ? track.producer.pause() : track.producer.resume());
    if (track.view.paused === paused || !this.tracks.has(track.view.id)) return;
    track.view = { ...track.view, paused };
    this.floor.tell('trackChanged', track.view);
  }

  #drop(track: Track): void {
    this.tracks.delete(track.view.id);
    this.#named.delete(track.clientTrackId);
    // When the router itself is gone the whole stage is, which is told otherwise.
    if (!this.floor.router.closed) this.floor.tell('trackRemoved', track.view);
  }

  #own(transportId: string): GuestTransport {
    const own = [this.#transports?.receive, this.#transports?.send].find((one) => one?.transport.id === transportId);
    if (!own || own.transport.closed) throw new AppError('media.not_found');
    return own;
  }

  /** What the guest sends with; null where there is none, or none any more. */
  #sending(): GuestTransport | null {
    const send = this.#transports?.send;
    return send && !send.transport.closed ? send : null;
  }

  #receiving(): GuestTransport {
    const receive = this.#transports?.receive;
    if (!receive || receive.transport.closed) throw new AppError('media.not_found');
    return receive;
  }

  #ownTrack(trackId: string): Track {
    const track = this.tracks.get(trackId);
    if (!track) throw new AppError('media.not_found');
    return track;
  }
}

function viewConsumer(consumer: Consumer): ConsumerView {
  return { id: consumer.id, trackId: consumer.producerId, kind: consumer.kind, rtpParameters: { ...consumer.rtpParameters }, trackPaused: consumer.producerPaused };
}
