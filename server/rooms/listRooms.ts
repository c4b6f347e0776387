import type { RoomView } from '../../shared/contracts/rooms.js';
import { mayEnterRoom, viewRoom } from '../access/accessRoom.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Message } from '../models/message.js';
import { Room } from '../models/room.js';

/** The directory, ordered by name: every listed room by its door, and what stands inside only where this actor may enter. */
export async function listRooms(deps: Deps, actor: Actor): Promise<RoomView[]> {
  const now = deps.now();
  const listed = await Room.find({ isListed: true }).sort({ name: 1 }).lean();
  return Promise.all(listed.map(async (room) => viewRoom(room, (await mayEnterRoom(actor, room, now)) ? await Message.newestSeq(String(room._id)) : null)));
}
