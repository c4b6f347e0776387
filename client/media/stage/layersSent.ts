/** The sender's part in sparing layers that nobody receives: what the stage says is needed is sent, and no more. */
import type { types } from 'mediasoup-client';

export class LayersSent {
  /** By track; what is told of one that is still being produced waits here for it. */
  readonly #needed = new Map<string, number | null>();
  #applying: Promise<void> = Promise.resolve();

  /** @param producers - what is sent now. */
  constructor(private readonly producers: () => Iterable<types.Producer>) {}

  /** Hears what is needed of a track: its highest layer, or null where nobody receives it. */
  hear(trackId: string, topLayer: number | null): void {
    this.#needed.set(trackId, topLayer);
    this.apply();
  }

  /**
   * Sends what is needed of each track; all of it, where nothing was said. To be called again whenever tracks have come or
   * gone: negotiating may take layers up again. One at a time, for parameters are read and then written.
   */
  apply(): void {
    this.#applying = this.#applying.then(async () => {
      for (const producer of this.producers()) await this.#applyTo(producer);
    });
  }

  async #applyTo({ id, kind, rtpSender }: types.Producer): Promise<void> {
    const topLayer = this.#needed.get(id);
    if (topLayer === undefined || kind !== 'video' || !rtpSender) return;
    const parameters = rtpSender.getParameters();
    const isAsNeeded = parameters.encodings.every((encoding, layer) => encoding.active === layer <= (topLayer ?? -1));
    if (isAsNeeded) return;
    parameters.encodings.forEach((encoding, layer) => (encoding.active = layer <= (topLayer ?? -1)));
    // A track that stops meanwhile sends nothing anyway.
    await rtpSender.setParameters(parameters).catch(() => undefined);
  }
}
