/** What one guest receives of a stage: a transport on one of its planes, and a consumer for each track. */
import type { Consumer, RtpCapabilities, WebRtcTransport } from 'mediasoup/types';
import type { ConsumerView, ConsumeTracks, PauseConsumers, PreferLayers, ProbeLine, ResumeTracks } from '../../../shared/contracts/live/stage.js';
import { AppError } from '../../../shared/failures.js';
import { consumersPerGuest, leastBitrateWithScreen } from '../mediaSettings.js';
import type { NodePlanes } from '../planes/nodePlanes.js';
import type { Load, Plane } from '../planes/plane.js';
import { lowestLayer, type FirstPicture } from './firstPicture.js';
import type { LayerDemand } from './layerDemand.js';
import { GuestTransport } from './guestTransport.js';
import { judgeByMediasoup } from './mediaFailures.js';
import { isOfOneSize, readCapabilities } from './rtpForms.js';

export class GuestReceiver implements Load {
  readonly #consumers = new Map<string, Consumer>();
  /** By track, from the first request on; null where it cannot be received. */
  readonly #received = new Map<string, Promise<Consumer | null>>();
  #demand: LayerDemand | null = null;
  #pictures: FirstPicture | null = null;
  #plane: Plane | null = null;
  #transport: GuestTransport | null = null;
  #isClosed = false;

  /** @throws media.not_found - the guest left meanwhile, or the stage was closed. */
  async open(planes: NodePlanes, mayPresent: boolean): Promise<GuestTransport> {
    this.#demand = planes.demand;
    this.#pictures = planes.pictures;
    // Whoever presents stands on the source with their tracks: no other worker's death touches them.
    this.#plane = mayPresent ? planes.seatAtSource(this) : await planes.seat(this);
    try {
      if (this.#isClosed) throw new AppError('media.not_found');
      this.#transport = await GuestTransport.open(this.#plane, 'receive');
      if (this.#isClosed) throw new AppError('media.not_found');
      return this.#transport;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get transport(): GuestTransport | null {
    return this.#transport;
  }

  /** Whether it stood on a plane that is gone. */
  get isFallen(): boolean {
    return this.#plane?.isClosed ?? false;
  }

  /** Tracks that are gone, that the client cannot receive, or that go beyond a guest's share are left out. */
  async consume(input: ConsumeTracks): Promise<ConsumerView[]> {
    const { plane, transport } = this.#receiving();
    const capabilities = readCapabilities(input.rtpCapabilities);
    const consumers = await Promise.all([...new Set(input.trackIds)].map((trackId) => this.#receiveTrack(plane, transport, trackId, capabilities)));
    if (this.#isClosed) throw new AppError('media.not_found');
    // A track that has just come off the stage is gone from its router before its consumers hear of it.
    const isThere = (producerId: string): boolean => plane.router.canConsume({ producerId, rtpCapabilities: capabilities });
    return consumers.flatMap((consumer) => (consumer && !consumer.closed && isThere(consumer.producerId) ? [viewConsumer(consumer)] : []));
  }

  /**
   * A stream of silence to measure the line by, paused.
   *
   * @throws media.unsupported - this client cannot take it. @throws media.not_found - the guest left meanwhile.
   */
  async probe(input: Pick<ProbeLine, 'rtpCapabilities'>): Promise<ConsumerView> {
    const { plane, transport } = this.#receiving();
    const probe = await plane.probe();
    const consumer = await judgeByMediasoup(transport.consume({ producerId: probe.producerId, rtpCapabilities: readCapabilities(input.rtpCapabilities), paused: true }));
    if (this.#isClosed) throw new AppError('media.not_found');
    this.#consumers.set(consumer.id, consumer);
    consumer.observer.once('close', () => this.#consumers.delete(consumer.id));
    probe.flowTo(consumer);
    return viewConsumer(consumer);
  }

  /**
   * Resumes those that are still there: a track may come off the stage at any moment.
   *
   * @throws media.not_found - none of them is there.
   */
  async resume(input: Pick<ResumeTracks, 'consumerIds'>): Promise<void> {
    const resumed = await Promise.allSettled(this.#named(input.consumerIds).map((consumer) => this.#setPaused(consumer, false)));
    if (resumed.every((one) => one.status === 'rejected')) throw new AppError('media.not_found');
  }

  /** Consumers that are gone are left out; of a layer that there is not, the next lower one is sent. */
  async preferLayers(input: PreferLayers): Promise<void> {
    const preferring = input.preferences.map(async ({ consumerId, spatialLayer, temporalLayer }) => {
      const consumer = this.#consumers.get(consumerId);
      if (!consumer) return;
      await this.#pictures?.prefer(consumer, { spatialLayer, temporalLayer });
      this.#tellWant(consumer);
    });
    await Promise.allSettled(preferring);
  }

  /** Consumers that are gone are left out. */
  async pauseConsumers({ consumerIds, paused }: PauseConsumers): Promise<void> {
    await Promise.allSettled(this.#named(consumerIds).map((consumer) => this.#setPaused(consumer, paused)));
  }

  /** Closes all of it; packets stop at once. Twice is harmless. */
  close(): void {
    this.#isClosed = true;
    this.#transport?.transport.close();
    this.#plane?.leave(this);
  }

  weight(): number {
    return 10 + this.#consumers.size * 2;
  }

  #named(consumerIds: readonly string[]): Consumer[] {
    return consumerIds.flatMap((id) => this.#consumers.get(id) ?? []);
  }

  async #setPaused(consumer: Consumer, paused: boolean): Promise<void> {
    await judgeByMediasoup(paused ? consumer.pause() : consumer.resume());
    this.#tellWant(consumer);
  }

  #tellWant(consumer: Consumer): void {
    if (!consumer.closed) this.#demand?.want(consumer.producerId, consumer.id, consumer.paused ? null : (this.#pictures?.topLayerOf(consumer) ?? null));
  }

  #receiveTrack(plane: Plane, transport: WebRtcTransport, trackId: string, capabilities: RtpCapabilities): Promise<Consumer | null> {
    const known = this.#received.get(trackId);
    if (known) return known;
    if (this.#received.size >= consumersPerGuest) return Promise.resolve(null);
    const receiving = this.#makeConsumer(plane, transport, trackId, capabilities);
    this.#received.set(trackId, receiving);
    return receiving;
  }

  /** Answers null where there is none to be had; the same track may be asked for again then. */
  async #makeConsumer(plane: Plane, transport: WebRtcTransport, trackId: string, rtpCapabilities: RtpCapabilities): Promise<Consumer | null> {
    const letGo = await plane.carry(trackId);
    const forget = (): void => {
      this.#received.delete(trackId);
      letGo?.();
    };
    const consumer = letGo && (await consumeTrack(plane, transport, trackId, rtpCapabilities));
    if (!consumer) {
      forget();
      return null;
    }
    consumer.observer.once('close', () => {
      this.#consumers.delete(consumer.id);
      this.#demand?.forget(trackId, consumer.id);
      forget();
      this.#holdLeast(transport, consumer);
    });
    if (this.#isClosed || transport.closed) consumer.close();
    else this.#consumers.set(consumer.id, consumer);
    this.#pictures?.begin(consumer);
    this.#holdLeast(transport, consumer);
    return consumer;
  }

  /** A consumer came or went: where it is of a screen, the least that is sent is set by whether there is one. */
  #holdLeast(transport: WebRtcTransport, { rtpParameters }: Consumer): void {
    if (transport.closed || !isOfOneSize(rtpParameters)) return;
    const least = [...this.#consumers.values()].some((each) => isOfOneSize(each.rtpParameters)) ? leastBitrateWithScreen : 0;
    // One that closes meanwhile sends nothing.
    transport.setMinOutgoingBitrate(least).catch(() => {});
  }

  #receiving(): { plane: Plane; transport: WebRtcTransport } {
    const transport = this.#transport?.transport;
    if (!transport || transport.closed || !this.#plane) throw new AppError('media.not_found');
    return { plane: this.#plane, transport };
  }
}

/** Null when the track went away meanwhile, or is of a kind that this client cannot take. */
async function consumeTrack({ router }: Plane, transport: WebRtcTransport, producerId: string, rtpCapabilities: RtpCapabilities): Promise<Consumer | null> {
  if (!router.canConsume({ producerId, rtpCapabilities })) return null;
  return judgeByMediasoup(transport.consume({ producerId, rtpCapabilities, paused: true, preferredLayers: lowestLayer })).catch(() => null);
}

function viewConsumer(consumer: Consumer): ConsumerView {
  return { id: consumer.id, trackId: consumer.producerId, kind: consumer.kind, rtpParameters: { ...consumer.rtpParameters }, trackPaused: consumer.producerPaused };
}
