/**
 * Sees to it that a connection that reads too slowly costs the others nothing and the house little: first it is spared
 * what may be dropped, then it is closed. It comes back and asks for what it missed, by `seq`, as after any other loss.
 *
 * Socket.IO's own `volatile` is no measure of this: it drops a packet whenever the transport has not yet answered for the
 * one before (Engine.IO's `writable`), and over a WebSocket that answer comes a turn of the event loop after each write,
 * however fast the reader. Of a burst told in one turn every reader would lose all but the first. And Engine.IO's pings find
 * out only who is silent: who sends pongs and reads nothing is kept for ever, with all that was written to them.
 *
 * So what waits to be sent is measured: the bytes that the WebSocket holds, and the packets behind it in Engine.IO, which
 * it is not handed while a write is under way. All connections are looked at every two seconds, and the one that asked after
 * each answer, since answers are the largest things that can be asked for; nothing is done for a delivery. Whoever is
 * behind is put into a channel of their own, which pushes that may be dropped leave out on every node.
 */
import type { Logger } from '../platform/logger.js';
import { behindChannel } from './channels.js';
import type { AppIo, AppSocket } from './connection.js';

export interface BackPressureOptions {
  log: Logger;
  /** The connection was behind, what may be dropped was not told to it, and now it has caught up. */
  onCaughtUp(connectionId: string): void;
  onClosed(): void;
}

export interface BackPressure {
  /** Looks at every connection of this node. */
  look(): void;
  /** Looks at one, for whose asking something was just written: closes it where it has let too much gather. */
  answered(socket: AppSocket): void;
  /** How many connections are behind now. */
  countBehind(): number;
}

/** More than this unsent is more than a moment's burst. Who is there at two looks in succession is behind. */
const behindBytes = 64 * 1024;
/** More than this is kept for nobody. It is more than the largest reply, a page of the longest messages (three MB). */
const bytesMax = 4 * 1024 * 1024;
/** Small packets cost more by their number: what waits for one connection is kept once for all, but its place in the queue is not. */
const packetsMax = 5_000;

export function createBackPressure(io: AppIo, { log, onCaughtUp, onClosed }: BackPressureOptions): BackPressure {
  /** Had much unsent at the last look. */
  let slow = new Set<AppSocket>();

  const isTooMuch = ({ bytes, packets }: Unsent): boolean => bytes > bytesMax || packets > packetsMax;
  const closeOne = (socket: AppSocket, unsent: Unsent): void => {
    log.warn({ memberId: socket.data.memberId, ...unsent }, 'a connection did not read what it was sent, and was closed');
    onClosed();
    cutOff(socket);
  };
  const catchUp = (socket: AppSocket): void => {
    void socket.leave(behindChannel);
    onCaughtUp(socket.id);
  };

  return {
    look() {
      const stillSlow = new Set<AppSocket>();
      const behind = io.sockets.adapter.rooms.get(behindChannel);
      for (const socket of io.sockets.sockets.values()) {
        const unsent = measure(socket);
        const isBehind = behind?.has(socket.id) ?? false;
        if (isTooMuch(unsent)) closeOne(socket, unsent);
        else if (unsent.bytes > behindBytes) {
          stillSlow.add(socket);
          if (slow.has(socket) && !isBehind) void socket.join(behindChannel);
        } else if (isBehind) catchUp(socket);
      }
      slow = stillSlow;
    },
    answered(socket) {
      const unsent = measure(socket);
      if (isTooMuch(unsent)) closeOne(socket, unsent);
    },
    countBehind: () => io.sockets.adapter.rooms.get(behindChannel)?.size ?? 0,
  };
}

interface Unsent {
  bytes: number;
  packets: number;
}

/** What is used of Engine.IO's connection though its types keep it to themselves: its queue, and the WebSocket beneath. */
interface Inside {
  writeBuffer: readonly { data?: unknown }[];
  transport: { socket?: { bufferedAmount?: number; terminate?(): void } };
}

const insideOf = ({ conn }: AppSocket): Inside => conn as unknown as Inside;

/** What was written to the connection and has not left this process. A connection that polls has a queue alone. */
function measure(socket: AppSocket): Unsent {
  const { writeBuffer, transport } = insideOf(socket);
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) bytes += lengthOf(data);
  return { bytes, packets: writeBuffer.length };
}

function lengthOf(data: unknown): number {
  if (typeof data === 'string') return data.length;
  return Buffer.isBuffer(data) ? data.length : 0;
}

/** Ends the connection and frees what it holds. Neither a closing handshake nor what waits is still sent: both would wait for the reader. */
function cutOff(socket: AppSocket): void {
  insideOf(socket).transport.socket?.terminate?.();
  socket.conn.close(true);
}
