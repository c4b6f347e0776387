/** What a verb may do with the connection that asked: enter and leave channels. Nothing of Socket.IO shows. */
import type { Socket } from 'socket.io';
import type { Channel } from '../deps.js';
import { readChannel } from './channels.js';

export interface Connection {
  /** Unguessable and unique in the cluster. */
  readonly id: string;
  /** A connection that has closed enters nothing. */
  enter(channel: Channel): Promise<void>;
  leave(channel: Channel): Promise<void>;
  isIn(channel: Channel): boolean;
  /** The ids of all channels of one kind that it is in (`room`, `workshop`, …). */
  inside(kind: string): string[];
  /** False once the connection has closed: whoever finishes something for it late must clean up. */
  isOpen(): boolean;
}

/** What the realtime layer remembers of a socket. */
export interface SocketData {
  memberId: string;
  sessionId: string;
}

export type AppSocket = Socket<Record<string, never>, Record<string, never>, Record<string, never>, SocketData>;

export function connectionOf(socket: AppSocket): Connection {
  return {
    id: socket.id,
    enter: async (channel) => {
      if (socket.connected) await socket.join(channel);
    },
    leave: async (channel) => {
      await socket.leave(channel);
    },
    isIn: (channel) => socket.rooms.has(channel),
    inside: (kind) =>
      [...socket.rooms].flatMap((name) => {
        const channel = readChannel(name);
        return channel?.kind === kind ? [channel.id] : [];
      }),
    isOpen: () => socket.connected,
  };
}
