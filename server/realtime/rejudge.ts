/**
 * Judges connections that are already inside again: when a right of their member's started or ended, when the bus between
 * nodes was away, and from time to time in case the news was lost. Knows no feature: each kind of channel brings its judge.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { EndReason } from '../../shared/contracts/rights.js';
import { AppError } from '../../shared/failures.js';
import type { Actor } from '../access/actor.js';
import type { Logger } from '../platform/logger.js';
import type { Actors } from './actors.js';
import { memberChannel, readChannel, standingChannels } from './channels.js';
import { connectionOf, type AppIo, type AppSocket, type Connection } from './connection.js';

/** How one kind of channel is judged, and what happens to a connection that may no longer be in it. */
export interface ChannelJudge {
  kind: string;
  mayStay(actor: Actor, id: string): Promise<boolean>;
  /** The connection is already out of the channel: tell it, and end what belongs to it. */
  onOut(actor: Actor, id: string, connection: Connection, reason: EndReason | null): Promise<void>;
}

/** What follows from a member's rights for a connection as a whole: it enters what it may hear and leaves what it may not. */
export interface Follower {
  /** Never runs twice at once for one connection, and never with an actor read before an earlier run began. */
  follow(actor: Actor, connection: Connection): Promise<void>;
}

export interface Rejudge {
  /** Judges a connection that has just opened: until then nobody found it. The member's others are judged when they are to be. */
  opened(socket: AppSocket): Promise<void>;
  /** Judges all connections of one member on this node. */
  member(memberId: string, reason: EndReason | null): Promise<void>;
  /** Judges every connection on this node. */
  everyone(): Promise<void>;
  /** Judges the next few of this node's connections: so many that in `rounds` calls all have had their turn. */
  next(rounds: number): Promise<void>;
}

/** How many connections are judged at the same time when everybody is: what is read of each of them is read of all in one. */
const abreast = 25;
/** How long to wait before a connection is judged again, after the store has failed. */
const retryAfterMs = [200, 1_000, 5_000];

export function createRejudge(io: AppIo, actors: Actors, { judges, followers }: { judges: readonly ChannelJudge[]; followers: readonly Follower[] }, log: Logger): Rejudge {
  const judge = createJudge(actors, judges, followers, log);
  /** A few at a time: a full house must not wait while all of it is judged. */
  async function judgeAll(sockets: readonly AppSocket[]): Promise<void> {
    const left = sockets.values();
    const judgeOn = async (): Promise<void> => {
      for (const socket of left) await judge(socket, null);
    };
    await Promise.all(Array.from({ length: abreast }, judgeOn));
  }
  /** Goes on behind those who come while it walks, and passes over those who have left. */
  let walk = io.sockets.sockets.values();
  return {
    async opened(socket) {
      actors.forget(socket.data.memberId);
      await judge(socket, null);
    },
    async member(memberId, reason) {
      actors.forget(memberId);
      await Promise.all(localSockets(io, memberChannel(memberId)).map((socket) => judge(socket, reason)));
    },
    async everyone() {
      actors.forgetAll();
      await judgeAll([...io.sockets.sockets.values()]);
    },
    async next(rounds) {
      const sockets: AppSocket[] = [];
      for (let left = Math.ceil(io.sockets.sockets.size / rounds); left > 0; left -= 1) {
        let step = walk.next();
        if (step.done) step = (walk = io.sockets.sockets.values()).next();
        if (!step.done) sockets.push(step.value);
      }
      for (const { data } of sockets) actors.forget(data.memberId);
      await judgeAll(sockets);
    },
  };
}

type JudgeSocket = (socket: AppSocket, reason: EndReason | null) => Promise<void>;
type ReadActor = (socket: AppSocket) => Promise<Actor | null>;

/** Judges one connection in all its channels, and lets what follows from its rights follow. */
function createJudge(actors: Actors, judges: readonly ChannelJudge[], followers: readonly Follower[], log: Logger): JudgeSocket {
  const judgeOf = new Map(judges.map((judge) => [judge.kind, judge]));
  const readActor: ReadActor = (socket) =>
    actors.get(socket.data.memberId, socket.data.sessionId).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      socket.disconnect(true);
      return null;
    });
  const follow = createFollow(readActor, followers);

  async function judgeChannel(socket: AppSocket, actor: Actor, name: string, reason: EndReason | null): Promise<void> {
    const channel = readChannel(name);
    const judge = channel && judgeOf.get(channel.kind);
    if (!channel || !judge || (await judge.mayStay(actor, channel.id))) return;
    await socket.leave(name);
    await judge.onOut(actor, channel.id, connectionOf(socket), reason);
  }

  async function judgeSocket(socket: AppSocket, reason: EndReason | null): Promise<void> {
    // Begun before anything is awaited: whoever asks this connection from now on can wait for it.
    const followed = follow(socket);
    const actor = await readActor(socket);
    if (actor) {
      await socket.join(standingChannels(actor));
      await Promise.all([...socket.rooms].map((name) => judgeChannel(socket, actor, name, reason)));
    }
    await followed;
  }

  // A right that has ended must not live on because one read failed: it is tried again.
  return async (socket, reason) => {
    for (const waitMs of [...retryAfterMs, null]) {
      try {
        return await judgeSocket(socket, reason);
      } catch (error) {
        log.error({ err: error, again: waitMs !== null }, 'a connection could not be judged');
        if (waitMs !== null) await pause(waitMs);
      }
    }
  };
}

/** Lets the followers follow, one run after the other: whoever runs last follows what stands, not what stood. */
function createFollow(readActor: ReadActor, followers: readonly Follower[]): (socket: AppSocket) => Promise<void> {
  return (socket) => {
    const before = socket.data.following;
    const run = async (): Promise<void> => {
      await before?.catch(() => undefined);
      const actor = await readActor(socket);
      if (actor) await Promise.all(followers.map((follower) => follower.follow(actor, connectionOf(socket))));
    };
    const work = run();
    // Whoever is to hear of its failure is told; a run that nobody waits for must not end the process.
    work.catch(() => undefined);
    socket.data.following = work;
    return work;
  };
}

/** This node's sockets that are in a channel. */
function localSockets(io: AppIo, channel: string): AppSocket[] {
  const ids = io.sockets.adapter.rooms.get(channel) ?? [];
  return [...ids].flatMap((id) => io.sockets.sockets.get(id) ?? []);
}
