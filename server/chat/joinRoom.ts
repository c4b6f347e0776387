import type { HereView } from '../../shared/contracts/chat.js';
import type { TimelineAt } from '../../shared/contracts/messages.js';
import type { RoomView } from '../../shared/contracts/rooms.js';
import { AppError } from '../../shared/failures.js';
import { mayModerate } from '../access/accessModeration.js';
import { viewRoom } from '../access/accessRoom.js';
import { accessTimeline, type TimelinePlace } from '../access/accessTimeline.js';
import { loadActor, type Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Change } from '../models/messages/change.js';
import { Message } from '../models/messages/message.js';
import { timelineChannel } from '../realtime/channels.js';
import type { Connection } from '../realtime/connection.js';
import { readHere } from './hereNews.js';
import { takeOut } from './leaveRoom.js';

/** What whoever enters needs: the room, where the timeline and the log of changes stand, who is there. */
export interface Joined {
  room: RoomView;
  /** Read after the channel was entered: what is newer is pushed, what is older is history. */
  lastSeq: number;
  rev: number;
  here: HereView;
}

/**
 * Enters a room, or a thread of it, on this connection. Presence is the room's: a thread is entered unseen.
 *
 * The gate is judged, the channel entered, and the gate judged again by what the store says then: a right that ends in
 * between is either seen by the second judgement or finds the connection already in the channel and takes it out.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there.
 * @throws session.expired - the session ended meanwhile.
 */
export async function joinRoom(deps: Deps, actor: Actor, at: TimelineAt, connection: Connection): Promise<Joined> {
  await accessTimeline(actor, at, deps.now());
  const channel = timelineChannel(at.roomId, at.threadId);
  await connection.enter(channel);
  try {
    const fresh = await loadActor(actor.memberId, actor.sessionId, deps.now());
    const place = await accessTimeline(fresh, at, deps.now());
    if (at.threadId === null) await deps.presence.enter(channel, actor.memberId, connection.id);
    // It may have closed, left, or been taken out while its presence was written.
    if (!connection.isOpen() || !connection.isIn(channel)) throw new AppError('room.not_found');
    if (at.threadId === null) deps.here.changed(at.roomId);
    return await lookAround(deps, fresh, at, place);
  } catch (error) {
    await takeOut(deps, actor.memberId, at, connection);
    throw error;
  }
}

async function lookAround(deps: Deps, actor: Actor, at: TimelineAt, { room, root }: TimelinePlace): Promise<Joined> {
  const { roomId } = at;
  const [lastSeq, roomSeq, isModerator, here, rev] = await Promise.all([
    Message.newestSeq(at),
    root ? Message.newestSeq({ roomId, threadId: null }) : null,
    mayModerate(actor, room, deps.now()),
    readHere(deps, roomId),
    // What a killed node left untold is told before anyone is said to be up to date.
    deps.changes.repair().then(() => Change.newestRev(roomId)),
  ]);
  if (root && (root.thread?.lastSeq ?? 0) < lastSeq) await deps.timeline.repairThread(root);
  return { room: viewRoom(room, { lastSeq: roomSeq ?? lastSeq, mayModerate: isModerator }), lastSeq, rev, here };
}
