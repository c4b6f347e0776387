/**
 * How a picture begins for whoever comes: in its lowest layer, whose keyframe is small and which every sender sends, and
 * only then in the one that is wanted. Those who come together are raised together, when no more of them come: a request for
 * a keyframe of another layer, and the keyframes that answer it, then serve them all.
 */
import { parseScalabilityMode } from 'mediasoup';
import type { Consumer, ConsumerLayers } from 'mediasoup/types';
import { keyFrameRequestDelayMs } from '../mediaSettings.js';

/** What a consumer is made with. */
export const lowestLayer: ConsumerLayers = { spatialLayer: 0 };

/** A raise asks for a keyframe, so it keeps the same distance from the one before as any request. Milliseconds. */
const quietMs = keyFrameRequestDelayMs;
/** While people keep coming nobody waits longer than this. Milliseconds. */
const patienceMs = 3_000;

/** Those who have their first picture of a track, and wait to be raised. */
interface Wave {
  consumers: Set<Consumer>;
  /** By a clock that nobody sets. */
  since: number;
  timer: NodeJS.Timeout;
}

/** The beginnings of all pictures of one stage on one node. */
export class FirstPicture {
  /** What is wanted of pictures that have only begun. */
  readonly #wishes = new Map<Consumer, ConsumerLayers | null>();
  /** By track. */
  readonly #waves = new Map<string, Wave>();

  /** A consumer was made with `lowestLayer`: where there are others it is raised to the highest, or to what is wanted by then. */
  begin(consumer: Consumer): void {
    if (consumer.type !== 'simulcast') return;
    this.#wishes.set(consumer, null);
    const start = (layers?: ConsumerLayers): void => {
      if (!layers) return;
      consumer.off('layerschange', start);
      this.#join(consumer);
    };
    consumer.on('layerschange', start);
    consumer.observer.once('close', () => this.#wishes.delete(consumer));
  }

  /** Asks for layers of a picture, at once or as soon as it has begun. */
  async prefer(consumer: Consumer, layers: ConsumerLayers): Promise<void> {
    if (this.#wishes.has(consumer)) this.#wishes.set(consumer, layers);
    else await consumer.setPreferredLayers(layers);
  }

  /** The highest spatial layer that a consumer is to get: the one preferred, else all there are. */
  topLayerOf(consumer: Consumer): number {
    const wish = this.#wishes.has(consumer) ? this.#wishes.get(consumer) : consumer.preferredLayers;
    return Math.min(wish?.spatialLayer ?? Infinity, topOf(consumer));
  }

  close(): void {
    for (const { timer } of this.#waves.values()) clearTimeout(timer);
    this.#waves.clear();
  }

  #join(consumer: Consumer): void {
    const trackId = consumer.producerId;
    const wave = this.#waves.get(trackId);
    const since = wave?.since ?? performance.now();
    clearTimeout(wave?.timer);
    const waitMs = Math.max(0, Math.min(quietMs, since + patienceMs - performance.now()));
    const timer = setTimeout(() => this.#raise(trackId), waitMs).unref();
    this.#waves.set(trackId, { consumers: (wave?.consumers ?? new Set<Consumer>()).add(consumer), since, timer });
  }

  #raise(trackId: string): void {
    const wave = this.#waves.get(trackId);
    this.#waves.delete(trackId);
    for (const consumer of wave?.consumers ?? []) {
      const wish = this.#wishes.get(consumer);
      if (!this.#wishes.delete(consumer)) continue;
      // One that closes meanwhile needs no layers.
      consumer.setPreferredLayers(wish ?? { spatialLayer: topOf(consumer) }).catch(() => {});
    }
  }
}

function topOf({ rtpParameters }: Consumer): number {
  return parseScalabilityMode(rtpParameters.encodings?.[0]?.scalabilityMode).spatialLayers - 1;
}
