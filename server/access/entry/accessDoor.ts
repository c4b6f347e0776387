/** The only way to a door that is to be explained: what one may not even know of is not there. */
import type { EntryVerdict } from '../../../shared/contracts/rights.js';
import type { AskEntry } from '../../../shared/contracts/rights/entry.js';
import { AppError } from '../../../shared/failures.js';
import { Room, type RoomDocument } from '../../models/room.js';
import { Workshop, type WorkshopDocument } from '../../models/workshop.js';
import { judgeRoom } from '../accessRoom.js';
import { judgeWorkshop } from '../accessWorkshop.js';
import type { Entrant } from '../actor.js';

/** A door, and the gate's verdict on whoever stands before it. `workshop` is null for a room of the house. */
export interface Door {
  room: RoomDocument;
  workshop: WorkshopDocument | null;
  verdict: EntryVerdict;
}

/**
 * The door as this entrant finds it. What is announced and what stands in the directory is everybody's to ask about.
 *
 * @throws room.not_found | workshop.not_found - absent, or not even its being there is the entrant's to know; the two look alike on purpose.
 */
export async function accessDoor(entrant: Entrant, { place, placeId }: AskEntry, now: Date): Promise<Door> {
  return place === 'workshop' ? workshopDoor(entrant, placeId, now) : roomDoor(entrant, placeId, now);
}

async function workshopDoor(entrant: Entrant, workshopId: string, now: Date): Promise<Door> {
  const workshop = await Workshop.findById(workshopId).lean();
  const room = workshop && (await Room.findById(workshop.roomId).lean());
  if (!room) throw new AppError('workshop.not_found');
  return { room, workshop, verdict: await judgeWorkshop(entrant, workshop, now) };
}

async function roomDoor(entrant: Entrant, roomId: string, now: Date): Promise<Door> {
  const room = await Room.findById(roomId).lean();
  if (!room) throw new AppError('room.not_found');
  const [workshop, verdict] = await Promise.all([room.gate.kind === 'workshop' ? Workshop.findById(room.gate.workshopId).lean() : null, judgeRoom(entrant, room, now)]);
  // A workshop's room is known by its workshop; one that is neither announced nor listed only to those it opens to.
  if (!room.isListed && !workshop && !verdict.canEnter) throw new AppError('room.not_found');
  return { room, workshop, verdict };
}
