/** One WebRTC transport of one guest: connected once, closed when its peer says goodbye. */
import type { DtlsParameters, WebRtcTransport } from 'mediasoup/types';
import type { TransportView } from '../../../shared/contracts/live/stage.js';
import { AppError } from '../../../shared/failures.js';
import { judgeByMediasoup } from './mediaFailures.js';
import { iceConsentSeconds, initialOutgoingBitrate, maxIncomingBitrate } from '../mediaSettings.js';
import type { Plane } from '../planes/plane.js';

export class GuestTransport {
  #connecting: { parameters: string; done: Promise<void> } | null = null;

  private constructor(readonly transport: WebRtcTransport) {
    // A browser that closes its side says so by DTLS; nothing more can come of this transport.
    transport.on('dtlsstatechange', (state) => {
      if (state === 'closed' || state === 'failed') transport.close();
    });
  }

  static async open({ router, server }: Plane, direction: 'send' | 'receive'): Promise<GuestTransport> {
    const transport = await router.createWebRtcTransport({
      webRtcServer: server,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      initialAvailableOutgoingBitrate: initialOutgoingBitrate,
      iceConsentTimeout: iceConsentSeconds,
    });
    if (direction === 'send') await transport.setMaxIncomingBitrate(maxIncomingBitrate);
    return new GuestTransport(transport);
  }

  /**
   * Gives the client's DTLS parameters to the transport. A retry with the same ones is a read.
   *
   * @throws media.unsupported - mediasoup refuses them, or others were given before.
   */
  async connect(dtlsParameters: DtlsParameters): Promise<void> {
    const parameters = JSON.stringify(dtlsParameters);
    if (this.#connecting && this.#connecting.parameters !== parameters) throw new AppError('media.unsupported');
    const connecting = (this.#connecting ??= { parameters, done: judgeByMediasoup(this.transport.connect({ dtlsParameters })) });
    try {
      await connecting.done;
    } catch (error) {
      if (this.#connecting === connecting) this.#connecting = null;
      throw error;
    }
  }

  view(): TransportView {
    const { id, iceParameters, iceCandidates, dtlsParameters } = this.transport;
    return { id, iceParameters: { ...iceParameters }, iceCandidates: iceCandidates.map((candidate) => ({ ...candidate })), dtlsParameters: { ...dtlsParameters } };
  }
}
