import type { HereView, InRoom } from '../../shared/contracts/chat.js';
import type { RoomView } from '../../shared/contracts/rooms.js';
import { AppError } from '../../shared/failures.js';
import { mayModerate } from '../access/accessModeration.js';
import { accessRoom, viewRoom } from '../access/accessRoom.js';
import { loadActor, type Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Message } from '../models/message.js';
import { roomChannel } from '../realtime/channels.js';
import type { Connection } from '../realtime/connection.js';
import { readHere } from './hereNews.js';
import { takeOut } from './leaveRoom.js';

/** What whoever enters needs: the room, where its timeline stands, who is there. */
export interface Joined {
  room: RoomView;
  /** Read after the channel was entered: what is newer is pushed, what is older is history. */
  lastSeq: number;
  rev: number;
  here: HereView;
}

/**
 * Enters a room on this connection.
 *
 * The gate is judged, the channel entered, and the gate judged again by what the store says then: a right that ends in
 * between is either seen by the second judgement or finds the connection already in the channel and takes it out.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws session.expired - the session ended meanwhile.
 */
export async function joinRoom(deps: Deps, actor: Actor, { roomId }: InRoom, connection: Connection): Promise<Joined> {
  await accessRoom(actor, roomId, deps.now());
  const channel = roomChannel(roomId);
  await connection.enter(channel);
  try {
    const fresh = await loadActor(actor.memberId, actor.sessionId, deps.now());
    const room = await accessRoom(fresh, roomId, deps.now());
    await deps.presence.enter(channel, actor.memberId, connection.id);
    // It may have closed, left, or been taken out while its presence was written.
    if (!connection.isOpen() || !connection.isIn(channel)) throw new AppError('room.not_found');
    deps.here.changed(roomId);
    const [lastSeq, here] = await Promise.all([Message.newestSeq(roomId), readHere(deps, roomId)]);
    return { room: viewRoom(room, lastSeq, await mayModerate(fresh, room, deps.now())), lastSeq, rev: 0, here };
  } catch (error) {
    await takeOut(deps, actor.memberId, roomId, connection);
    throw error;
  }
}
