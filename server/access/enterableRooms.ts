/** All rooms that one actor may enter, judged by the same gates as one, with a few reads for all of them. */
import { readTogether } from '../models/asking/readTogether.js';
import { Grant } from '../models/grant.js';
import { Room, type RoomDocument } from '../models/room.js';
import { Workshop, type WorkshopDocument } from '../models/workshop.js';
import { mayEnterRoom } from './accessRoom.js';
import { judgeWorkshop } from './accessWorkshop.js';
import type { Actor } from './actor.js';
import { isNamed } from './entry/judgeEntry.js';

/** A room as far as its gate goes. */
export type GatedRoom = Pick<RoomDocument, '_id' | 'gate'>;

interface Gates {
  rooms: RoomDocument[];
  workshops: Map<string, WorkshopDocument>;
}

/** When a node starts, everybody's rooms are asked for at once; they are the same rooms for all. */
const together = readTogether<Gates>();
const readGates = (): Promise<Gates> => together('gates', async () => {
  const [rooms, workshops] = await Promise.all([Room.find().select({ gate: 1 }).lean(), Workshop.find().select({ hostIds: 1, roomId: 1, state: 1 }).lean()]);
  return { rooms, workshops: new Map(workshops.map((workshop) => [String(workshop._id), workshop])) };
});

/** The rooms this actor may enter now, workshops' own ones included. */
export async function enterableRooms(actor: Actor, now: Date): Promise<GatedRoom[]> {
  const [{ rooms, workshops }, tickets] = await Promise.all([readGates(), Grant.liveWorkshopIds(actor.memberId, now)]);
  const held = new Set(tickets);
  const judged = await Promise.all(
    rooms.map(async (room) => {
      if (room.gate.kind !== 'workshop') return mayEnterRoom(actor, room, now);
      const workshop = workshops.get(String(room.gate.workshopId));
      return workshop && isLikely(actor, workshop, held) ? (await judgeWorkshop(actor, workshop, now)).canEnter : false;
    }),
  );
  return rooms.filter((_room, place) => judged[place]);
}

/** Of the many workshops there were, most are no business of a member's: those are not judged one by one. */
function isLikely({ role, memberId }: Actor, workshop: WorkshopDocument, held: ReadonlySet<string>): boolean {
  const isEverywhere = role === 'organizer' || role === 'moderator';
  return isEverywhere || held.has(String(workshop._id)) || isNamed(memberId, workshop);
}
