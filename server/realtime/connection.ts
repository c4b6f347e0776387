/** What a verb may do with the connection that asked: enter and leave channels. Nothing of Socket.IO shows. */
import type { Server, Socket } from 'socket.io';
import { readChannel, type Channel } from './channels.js';

export interface Connection {
  /** Unguessable and unique in the cluster. */
  readonly id: string;
  /** A connection that has closed enters nothing. */
  enter(channel: Channel): Promise<void>;
  leave(channel: Channel): Promise<void>;
  isIn(channel: Channel): boolean;
  /** The ids of all channels of one kind that it is in (`room`, `workshop`, …). */
  inside(kind: string): string[];
  /** Resolves when it is in all channels that follow from its member's rights; should that fail, it is tried again by itself. */
  followed(): Promise<void>;
  /** False once the connection has closed: whoever finishes something for it late must clean up. */
  isOpen(): boolean;
}

/** What the realtime layer remembers of a socket. */
export interface SocketData {
  memberId: string;
  sessionId: string;
  /** The last run of what follows from its member's rights. */
  following?: Promise<void>;
}

export type AppIo = Server<Record<string, never>, Record<string, never>, Record<string, never>, SocketData>;
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
    followed: async () => {
      await socket.data.following?.catch(() => undefined);
    },
    isOpen: () => socket.connected,
  };
}
