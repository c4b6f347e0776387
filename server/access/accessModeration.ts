/** Who may moderate a room: moderators and organizers everywhere, a workshop's hosts in its own room. */
import { AppError } from '../../shared/failures.js';
import type { RoomDocument } from '../models/room.js';
import { Workshop } from '../models/workshop.js';
import { accessRoom } from './accessRoom.js';
import { judgeWorkshop } from './accessWorkshop.js';
import type { Actor } from './actor.js';

/**
 * The room, if this actor may moderate it now.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws role.required - the actor may enter, but not moderate.
 */
export async function accessModeration(actor: Actor, roomId: string, now: Date): Promise<RoomDocument> {
  const room = await accessRoom(actor, roomId, now);
  if (!(await mayModerate(actor, room, now))) throw new AppError('role.required');
  return room;
}

/** Judges whether an actor may moderate a room which they may enter. */
export async function mayModerate(actor: Actor, { gate }: RoomDocument, now: Date): Promise<boolean> {
  if (actor.role === 'moderator' || actor.role === 'organizer') return true;
  // Only a workshop's hosts are left; whoever is no host cannot be one of them.
  if (gate.kind !== 'workshop' || actor.role !== 'host') return false;
  const workshop = await Workshop.findById(gate.workshopId).lean();
  return workshop !== null && (await judgeWorkshop(actor, workshop, now)).canHost;
}
