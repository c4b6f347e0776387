/**
 * Judges connections that are already inside again: when a right of their member's started or ended, when the bus between
 * nodes was away, and from time to time in case the news was lost. Knows no feature: each kind of channel brings its judge.
 */
import type { EndReason } from '../../shared/contracts/rights.js';
import { AppError } from '../../shared/failures.js';
import type { Actor } from '../access/actor.js';
import type { Logger } from '../platform/logger.js';
import type { Actors } from './actors.js';
import { memberChannel, readChannel, standingChannels } from './channels.js';
import { connectionOf, type AppSocket, type Connection } from './connection.js';
import type { AppIo } from './createIo.js';

/** How one kind of channel is judged, and what happens to a connection that may no longer be in it. */
export interface ChannelJudge {
  kind: string;
  mayStay(actor: Actor, id: string): Promise<boolean>;
  /** The connection is already out of the channel: tell it, and end what belongs to it. */
  onOut(actor: Actor, id: string, connection: Connection, reason: EndReason | null): Promise<void>;
}

export interface Rejudge {
  /** Judges all connections of one member on this node. */
  member(memberId: string, reason: EndReason | null): Promise<void>;
  /** Judges every connection on this node. */
  everyone(): Promise<void>;
}

export function createRejudge(io: AppIo, actors: Actors, judges: readonly ChannelJudge[], log: Logger): Rejudge {
  const judgeOf = new Map(judges.map((judge) => [judge.kind, judge]));

  async function judgeSocket(socket: AppSocket, reason: EndReason | null): Promise<void> {
    const { memberId, sessionId } = socket.data;
    let actor: Actor;
    try {
      actor = await actors.get(memberId, sessionId);
    } catch (error) {
      if (error instanceof AppError) socket.disconnect(true);
      else throw error;
      return;
    }
    await socket.join(standingChannels(actor));
    for (const name of [...socket.rooms]) {
      const channel = readChannel(name);
      const judge = channel && judgeOf.get(channel.kind);
      if (!channel || !judge || (await judge.mayStay(actor, channel.id))) continue;
      await socket.leave(name);
      await judge.onOut(actor, channel.id, connectionOf(socket), reason);
    }
  }

  async function judgeAll(sockets: AppSocket[], reason: EndReason | null): Promise<void> {
    const results = await Promise.allSettled(sockets.map((socket) => judgeSocket(socket, reason)));
    for (const result of results) if (result.status === 'rejected') log.error({ err: result.reason }, 'a connection could not be judged');
  }

  return {
    async member(memberId, reason) {
      actors.forget(memberId);
      await judgeAll(localSockets(io, memberChannel(memberId)), reason);
    },
    async everyone() {
      actors.forgetAll();
      await judgeAll([...io.sockets.sockets.values()], null);
    },
  };
}

/** This node's sockets that are in a channel. */
function localSockets(io: AppIo, channel: string): AppSocket[] {
  const ids = io.sockets.adapter.rooms.get(channel) ?? [];
  return [...ids].flatMap((id) => io.sockets.sockets.get(id) ?? []);
}
