/**
 * One guest of one stage, with all that they opened on this node: what they receive, unless they receive on their own node;
 * a send transport for those who may present, and their tracks. Whatever a client names is looked up here, among its own,
 * and nowhere else.
 */
import type { Producer, WebRtcTransport } from 'mediasoup/types';
import type { CloseTrack, ConnectTransport, ConsumerView, ConsumeTracks, OnStageNow, PauseTrack, ProbeLine, ProduceTrack, RestartIce, ResumeTracks, TrackView, TransportView } from '../../../shared/contracts/live/stage.js';
import { AppError } from '../../../shared/failures.js';
import type { NodePlanes } from '../planes/nodePlanes.js';
import type { Load } from '../planes/plane.js';
import { GuestReceiver } from './guestReceiver.js';
import { GuestTransport } from './guestTransport.js';
import { judgeByMediasoup } from './mediaFailures.js';
import { keyFrameRequestDelayMs, kindOfSource, tracksPerGuest, tracksPerMember } from '../mediaSettings.js';
import { readParameters } from './rtpForms.js';
import type { Guest } from '../stages.js';

/** A track on stage: the producer, and what is told of it. */
export interface Track {
  clientTrackId: string;
  producer: Producer;
  view: TrackView;
}

/** What a guest needs of the stage it is on. */
export interface GuestFloor {
  /** Where the stage stands on this node; tracks go on its source. */
  planes: NodePlanes;
  /** The tracks that a member has on stage, or that are on their way there, over all their connections. */
  countTracks(memberId: string): number;
  /** What is on stage now. */
  look(): OnStageNow;
  tell(kind: 'trackAdded' | 'trackChanged' | 'trackRemoved', track: TrackView): void;
}

export class StageGuest implements Load {
  readonly tracks = new Map<string, Track>();
  /** By the client's own name for the track, from the first request on: a retry finds it here. */
  readonly #named = new Map<string, Promise<Track>>();
  readonly #receiver: GuestReceiver | null;
  #send: GuestTransport | null = null;
  #isClosed = false;

  /** @param receives - false when the guest receives on their own node. */
  constructor(readonly guest: Guest, private readonly floor: GuestFloor, receives: boolean) {
    this.#receiver = receives ? new GuestReceiver() : null;
  }

  /** @throws media.not_found - the guest left meanwhile. */
  async open(mayPresent: boolean): Promise<{ receive: TransportView | null; send: TransportView | null }> {
    const { planes } = this.floor;
    try {
      const receive = await this.#receiver?.open(planes, mayPresent);
      if (mayPresent) await this.#openSend(planes);
      if (this.#isClosed) throw new AppError('media.not_found');
      return { receive: receive?.view() ?? null, send: this.#send?.view() ?? null };
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Whether what they receive stood on a worker that is gone. */
  get isFallen(): boolean {
    return this.#receiver?.isFallen ?? false;
  }

  /** The tracks they have on stage, and those on their way there. */
  get trackCount(): number {
    return this.#named.size;
  }

  /**
   * Opens a send transport for a guest who came without one.
   *
   * @throws media.not_found - the guest left meanwhile.
   */
  async present(): Promise<TransportView> {
    if (!this.#sending()) await this.#openSend(this.floor.planes);
    const send = this.#sending();
    if (!send) throw new AppError('media.not_found');
    return send.view();
  }

  /** Closes the send transport, and with it the guest's tracks; packets stop at once. */
  endPresenting(): void {
    this.#send?.transport.close();
  }

  connect(input: ConnectTransport): Promise<void> {
    return this.#own(input.transportId).connect(input.dtlsParameters);
  }

  /** @throws media.not_found | media.unsupported */
  async produce(input: ProduceTrack): Promise<TrackView> {
    const own = this.#own(input.transportId);
    if (own !== this.#send) throw new AppError('media.not_found');
    const known = this.#named.get(input.clientTrackId);
    if (known) return (await known).view;
    const isTooMany = this.#named.size >= tracksPerGuest || this.floor.countTracks(this.guest.person.id) >= tracksPerMember;
    if (kindOfSource[input.source] !== input.kind || isTooMany) throw new AppError('media.unsupported');
    const making = this.#makeTrack(own.transport, input);
    this.#named.set(input.clientTrackId, making);
    try {
      return (await making).view;
    } catch (error) {
      this.#named.delete(input.clientTrackId);
      throw error;
    }
  }

  look(): OnStageNow {
    return this.floor.look();
  }

  /** @see GuestReceiver.probe */
  async probe(input: ProbeLine): Promise<ConsumerView> {
    return this.receiving().probe(input);
  }

  /** @see GuestReceiver.consume */
  async consume(input: ConsumeTracks): Promise<ConsumerView[]> {
    return this.receiving().consume(input);
  }

  /** @see GuestReceiver.resume */
  async resume(input: ResumeTracks): Promise<void> {
    return this.receiving().resume(input);
  }

  pauseTrack(input: PauseTrack): Promise<TrackView> {
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

  /** Whether a transport is one of theirs on this node. */
  owns(transportId: string): boolean {
    return this.#find(transportId) !== null;
  }

  /** Closes all that the guest opened; packets stop at once. Twice is harmless. */
  close(): void {
    this.#isClosed = true;
    this.#receiver?.close();
    this.#send?.transport.close();
    this.floor.planes.source.leave(this);
  }

  /** What they send; what they receive weighs on the plane where they do. */
  weight(): number {
    return 10 + this.tracks.size * 5;
  }

  async #openSend({ source }: NodePlanes): Promise<void> {
    const send = await GuestTransport.open(source, 'send');
    // The guest may have asked twice, or have left meanwhile.
    if (this.#isClosed || this.#sending()) {
      send.transport.close();
      return;
    }
    this.#send = send;
    source.enter(this);
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

  async #setPaused(trackId: string, paused: boolean): Promise<TrackView> {
    const track = this.#ownTrack(trackId);
    await judgeByMediasoup(paused ? track.producer.pause() : track.producer.resume());
    if (track.view.paused === paused || !this.tracks.has(track.view.id)) return track.view;
    track.view = { ...track.view, paused };
    this.floor.tell('trackChanged', track.view);
    return track.view;
  }

  #drop(track: Track): void {
    this.tracks.delete(track.view.id);
    this.#named.delete(track.clientTrackId);
    // When the router itself is gone the whole stage is, which is told otherwise.
    if (!this.floor.planes.source.isClosed) this.floor.tell('trackRemoved', track.view);
  }

  #own(transportId: string): GuestTransport {
    const own = this.#find(transportId);
    if (!own || own.transport.closed) throw new AppError('media.not_found');
    return own;
  }

  /** What the guest sends with; null where there is none, or none any more. */
  #sending(): GuestTransport | null {
    return this.#send && !this.#send.transport.closed ? this.#send : null;
  }

  #find(transportId: string): GuestTransport | null {
    return [this.#receiver?.transport, this.#send].find((one) => one?.transport.id === transportId) ?? null;
  }

  /**
   * What the guest receives with on this node.
   *
   * @throws media.not_found - they receive elsewhere.
   */
  receiving(): GuestReceiver {
    if (!this.#receiver) throw new AppError('media.not_found');
    return this.#receiver;
  }

  #ownTrack(trackId: string): Track {
    const track = this.tracks.get(trackId);
    if (!track) throw new AppError('media.not_found');
    return track;
  }
}
