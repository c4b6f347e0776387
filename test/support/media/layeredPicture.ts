/** VP8 in three temporal layers, by RTP and without a picture in it: what no WebRTC peer in Node sends. RFC 7741, section 4.2. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import type { types } from 'mediasoup';
import type { RtpParameters } from '../../../shared/contracts/live/stage.js';

const payloadType = 96;
const ssrc = 1_111;
const payloadSpecificFeedback = 206;

/** How a browser announces it: one encoding. */
export const layeredParameters: RtpParameters = {
  mid: '0',
  codecs: [{ mimeType: 'video/VP8', payloadType, clockRate: 90_000, rtcpFeedback: [{ type: 'nack', parameter: 'pli' }] }],
  encodings: [{ ssrc, scalabilityMode: 'L1T3' }],
};

/** The layers in the order in which libwebrtc sends them, and which of the pictures need none but the lowest layer before them. */
const pattern = [[0, false], [2, true], [1, true], [2, false], [0, false], [2, false], [1, false], [2, false]] as const;

export interface LayeredPicture {
  /** Sends some pictures, of one packet each; what a keyframe was asked of in the meantime begins with one. */
  send(count: number): Promise<void>;
  close(): void;
}

/** Sends to a transport that was opened with `comedia` and `rtcpMux`. */
export async function layeredPicture({ tuple }: types.PlainTransport): Promise<LayeredPicture> {
  const socket = dgram.createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  let [picture, lowest, step, isKeyDue] = [0, 0, 0, true];
  socket.on('message', (packet) => (isKeyDue ||= packet[1] === payloadSpecificFeedback));

  const next = (): Buffer => {
    if (isKeyDue) step = 0;
    const [layer, isSwitchable] = pattern[step++ % pattern.length] ?? pattern[0];
    picture += 1;
    if (layer === 0) lowest += 1;
    const packet = Buffer.alloc(60);
    packet.writeUInt16BE(0x80_80 | payloadType, 0);
    packet.writeUInt16BE(picture, 2);
    packet.writeUInt32BE(picture * 6_000, 4);
    packet.writeUInt32BE(ssrc, 8);
    packet.writeUInt16BE(0x90_e0, 12);
    packet.writeUInt16BE(0x80_00 | picture, 14);
    packet.set([lowest % 256, (layer << 6) | (isSwitchable || isKeyDue ? 0x20 : 0), isKeyDue ? 0 : 1], 16);
    isKeyDue = false;
    return packet;
  };

  return {
    async send(count) {
      for (let sent = 0; sent < count; sent += 1) await new Promise((resolve) => socket.send(next(), tuple.localPort, '127.0.0.1', resolve));
    },
    close: () => socket.close(),
  };
}

/** The layer of a picture that came in one packet, or `key`. */
export function layerOf(packet: Buffer): number | 'key' {
  const hasExtension = (packet[0] ?? 0) & 0x10;
  const payload = packet.subarray(12 + (hasExtension ? 4 + packet.readUInt16BE(14) * 4 : 0));
  return (payload[6] ?? 0) & 1 ? (payload[5] ?? 0) >> 6 : 'key';
}
