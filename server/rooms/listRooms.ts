import type { RoomView } from '../../shared/contracts/rooms.js';
import { mayModerate } from '../access/accessModeration.js';
import { mayEnterRoom, viewRoom, type RoomInside } from '../access/accessRoom.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Message } from '../models/messages/message.js';
import { Room, type RoomDocument } from '../models/room.js';

/** The directory, ordered by name: every listed room by its door, and what stands inside only where this actor may enter. */
export async function listRooms(deps: Deps, actor: Actor): Promise<RoomView[]> {
  const now = deps.now();
  const listed = await Room.find({ isListed: true }).sort({ name: 1 }).lean();
  return Promise.all(listed.map(async (room) => viewRoom(room, await lookInside(actor, room, now))));
}

async function lookInside(actor: Actor, room: RoomDocument, now: Date): Promise<RoomInside | null> {
  if (!(await mayEnterRoom(actor, room, now))) return null;
  const [lastSeq, isModerator] = await Promise.all([Message.newestSeq({ roomId: String(room._id), threadId: null }), mayModerate(actor, room, now)]);
  return { lastSeq, mayModerate: isModerator };
}
