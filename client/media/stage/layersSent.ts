/** The sender's part in sparing layers that nobody receives: what the stage says is needed is sent, and no more. */
import type { types } from 'mediasoup-client';

/** How often a refusal that may pass is met with another attempt, and after how many milliseconds. */
const attempts = 5;
const retryAfter = 300;

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

  async #applyTo(producer: types.Producer, attempt = 1): Promise<void> {
    const topLayer = this.#needed.get(producer.id);
    if (topLayer === undefined || producer.kind !== 'video' || !producer.rtpSender) return;
    try {
      await sendUpTo(producer.rtpSender, topLayer ?? -1);
    } catch (error) {
      // A track that has stopped sends nothing anyway.
      if (producer.closed) return;
      if (!isPassing(error) || attempt === attempts) {
        // Nobody's aim is missed, and more is sent than anybody needs: no page shows it, and it is not kept quiet.
        reportError(error);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, retryAfter));
      await this.#applyTo(producer, attempt + 1);
    }
  }
}

async function sendUpTo(sender: RTCRtpSender, topLayer: number): Promise<void> {
  const parameters = sender.getParameters();
  if (parameters.encodings.every((encoding, layer) => encoding.active === layer <= topLayer)) return;
  parameters.encodings.forEach((encoding, layer) => (encoding.active = layer <= topLayer));
  await sender.setParameters(parameters);
}

/** A negotiation came between reading and writing, and voided what was read. https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-setparameters */
function isPassing(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'InvalidStateError' || error.name === 'InvalidModificationError');
}
