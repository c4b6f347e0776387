import type { RoomView } from '../../shared/contracts/rooms.js';
import { mayModerate } from '../access/accessModeration.js';
import { mayEnterRoom, viewRoom } from '../access/accessRoom.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Message } from '../models/message.js';
import { Room, type RoomDocument } from '../models/room.js';

/** The directory, ordered by name: every listed room by its door, and what stands inside only where this actor may enter. */
export async function listRooms(deps: Deps, actor: Actor): Promise<RoomView[]> {
  const now = deps.now();
  const listed = await Room.find({ isListed: true }).sort({ name: 1 }).lean();
  return Promise.all(listed.map((room) => viewDoor(actor, room, now)));
}

async function viewDoor(actor: Actor, room: RoomDocument, now: Date): Promise<RoomView> {
  if (!(await mayEnterRoom(actor, room, now))) return viewRoom(room, null, false);
  return viewRoom(room, await Message.newestSeq(String(room._id)), await mayModerate(actor, room, now));
}
