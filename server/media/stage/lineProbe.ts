/**
 * A stream of nothing, by which a listener's line is measured over their own transport before there is anything to hear:
 * valid Opus packets of silence (RFC 6716), padded to the size of video packets and sent at the rate of a picture.
 */
import type { Consumer, DirectTransport, Producer, Router, RtpParameters } from 'mediasoup/types';

/** What flows while somebody measures. Together 1.2 Mbit/s: the camera's middle layer and a screen have room in it. */
const packetBytes = 750;
const packetsPerTick = 4;
const tickMs = 20;
/** A busy node comes late to a tick, and makes up for so many at most: what it did not send would be taken for what the line does not carry. */
const lateTicksMax = 25;
/** One packet carries 5 ms of sound at 48 kHz. */
const samplesPerPacket = 240;
/** A measurement ends by itself, whether it was begun or not. Milliseconds. */
const measureMs = 4_000;
const waitMs = 30_000;

const payloadType = 100;
const ssrc = 0x70726f62;
const rtpParameters: RtpParameters = {
  codecs: [{ mimeType: 'audio/opus', payloadType, clockRate: 48_000, channels: 2, parameters: {}, rtcpFeedback: [] }],
  encodings: [{ ssrc }],
};

/** One router's probe. It costs nothing while nobody measures. */
export class LineProbe {
  readonly #listeners = new Set<Consumer>();
  #timer: NodeJS.Timeout | undefined;
  #sequence = 0;
  /** When the next packets are due, by a clock that never goes back. Milliseconds. */
  #dueAt = 0;

  private constructor(transport: DirectTransport, private readonly producer: Producer) {
    transport.observer.on('close', () => clearInterval(this.#timer));
  }

  /** @throws the router's own refusal when its worker is gone. */
  static async open(router: Router): Promise<LineProbe> {
    const transport = await router.createDirectTransport();
    return new LineProbe(transport, await transport.produce({ kind: 'audio', rtpParameters }));
  }

  get producerId(): string {
    return this.producer.id;
  }

  /** Lets it flow to a consumer as soon as that is resumed; closes the consumer when the measurement is over. */
  flowTo(consumer: Consumer): void {
    let end = setTimeout(() => consumer.close(), waitMs).unref();
    consumer.observer.once('resume', () => {
      clearTimeout(end);
      end = setTimeout(() => consumer.close(), measureMs).unref();
      this.#listeners.add(consumer);
      if (!this.#timer) this.#start();
    });
    consumer.observer.once('close', () => {
      clearTimeout(end);
      this.#listeners.delete(consumer);
      if (this.#listeners.size === 0) this.#stop();
    });
  }

  #start(): void {
    this.#dueAt = performance.now();
    this.#timer = setInterval(() => this.#tick(), tickMs).unref();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    const now = performance.now();
    for (this.#dueAt = Math.max(this.#dueAt, now - lateTicksMax * tickMs); this.#dueAt <= now; this.#dueAt += tickMs) {
      for (let count = 0; count < packetsPerTick && !this.producer.closed; count += 1) this.producer.send(silence((this.#sequence += 1)));
    }
  }
}

/** An RTP packet (RFC 3550, 5.1) with one empty Opus frame and padding: code 3 with one frame (RFC 6716, 3.2.5). */
function silence(sequence: number): Buffer {
  const packet = Buffer.alloc(packetBytes);
  packet[0] = 0x80;
  packet[1] = payloadType;
  packet.writeUInt16BE(sequence & 0xffff, 2);
  packet.writeUInt32BE((sequence * samplesPerPacket) >>> 0, 4);
  packet.writeUInt32BE(ssrc, 8);
  // Full band, 5 ms, mono, code 3; one frame of constant size with padding.
  packet[12] = (29 << 3) | 3;
  packet[13] = 0x41;
  // A length byte of 255 stands for 254 bytes and one more length byte.
  let rest = packetBytes - 14;
  let at = 14;
  for (; rest > 255; rest -= 255) packet[at++] = 255;
  packet[at] = rest - 1;
  return packet;
}
