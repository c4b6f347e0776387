/**
 * What a delivery costs. What is told to a channel is one WebSocket frame, the same for all who are in it; Socket.IO makes
 * it once, and then takes each receiver's copy through Engine.IO's queue, its events and the callback of the write, which
 * together cost as much as the system call. Here the frame is made in one piece, and goes to the TCP socket at once wherever
 * nothing waits before it.
 */
import type { AppIo, AppSocket } from './connection.js';

/** How a packet for many is handed on: with the frame that was made of it, where it could be made. */
interface PacketOptions {
  wsPreEncodedFrame?: readonly Buffer[];
}

/** What is used of Socket.IO and Engine.IO though their types keep it to themselves. Where it is otherwise, they go their own way: nothing but the cost depends on this. */
interface Encoding {
  _encode?(packet: unknown, options: PacketOptions): unknown;
}
interface Handing {
  writeToEngine(packets: unknown, options: PacketOptions): void;
}
interface Engine {
  readyState: string;
  writeBuffer: readonly unknown[];
  transport: { writable: boolean; socket?: { readyState: number; _sender?: { sendFrame?(frame: readonly Buffer[]): void } } };
}

export function tellInWholeFrames(io: AppIo): void {
  encodeInOnePiece(io);
  io.on('connection', handOnDirectly);
}

/** Two buffers, a head and a payload, would be corked, written and uncorked for each receiver. */
function encodeInOnePiece(io: AppIo): void {
  const adapter = io.of('/').adapter as unknown as Encoding;
  const encode = adapter._encode?.bind(adapter);
  if (!encode) return;
  adapter._encode = (packet, options) => {
    const encoded = encode(packet, options);
    if (options.wsPreEncodedFrame) options.wsPreEncodedFrame = [Buffer.concat(options.wsPreEncodedFrame)];
    return encoded;
  };
}

function handOnDirectly({ client, conn }: AppSocket): void {
  const handing = client as unknown as Handing;
  const handOn = handing.writeToEngine.bind(client);
  const engine = conn as unknown as Engine;
  handing.writeToEngine = (packets, options) => {
    if (!writeWhole(engine, options.wsPreEncodedFrame)) handOn(packets, options);
  };
}

/** Writes the frame, unless something of the connection's own still waits: it keeps its place before the frame. */
function writeWhole({ readyState, writeBuffer, transport }: Engine, frame: readonly Buffer[] | undefined): boolean {
  if (!frame || readyState !== 'open' || !transport.writable || writeBuffer.length > 0) return false;
  // A transport that polls has no socket; one whose other end is closing it has nobody who reads.
  const webSocket = transport.socket;
  if (webSocket?.readyState !== 1 || !webSocket._sender?.sendFrame) return false;
  webSocket._sender.sendFrame(frame);
  return true;
}
