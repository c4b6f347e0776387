/** The sender's part in sparing layers that nobody receives: what the stage says is needed is sent, and no more. */
import type { types } from 'mediasoup-client';

export class LayersSent {
  /** By track; what is told of one that is still being produced waits here for it. */
  readonly #needed = new Map<string, number | null>();

  /** Hears what is needed of a track: its highest layer, or null where nobody receives it. */
  hear(trackId: string, topLayer: number | null, producer: types.Producer | undefined): void {
    this.#needed.set(trackId, topLayer);
    if (producer) this.begin(producer);
  }

  /** A track is on stage: sends of it what is needed by what was heard; all, where nothing was. */
  begin(producer: types.Producer): void {
    const topLayer = this.#needed.get(producer.id);
    if (topLayer === undefined || producer.kind !== 'video' || producer.closed) return;
    // A producer that closes meanwhile sends nothing anyway. Below the lowest layer means none.
    producer.setMaxSpatialLayer(topLayer ?? -1).catch(() => undefined);
  }
}
