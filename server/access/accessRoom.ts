/** The only way to a room: whoever may not enter is told what they would be told of a room that is not there. */
import type { EntryVerdict } from '../../shared/contracts/rights.js';
import type { RoomView } from '../../shared/contracts/rooms.js';
import { AppError } from '../../shared/failures.js';
import { readTogether } from '../models/asking/readTogether.js';
import { Room, type RoomDocument } from '../models/room.js';
import { Workshop } from '../models/workshop.js';
import type { Actor, Entrant } from './actor.js';
import { judgeWorkshop } from './accessWorkshop.js';
import { judgeRoomEntry } from './entry/judgeEntry.js';
import { viewRoomMode } from './moderation/roomMode.js';

/** How a room is read: afresh, unless it is asked for so often that it is kept for a moment (`deps.rooms`). */
export type ReadRoom = (roomId: string) => Promise<RoomDocument | null>;

const together = readTogether<RoomDocument | null>();
const readAfresh: ReadRoom = (roomId) => together(roomId, () => readRoom(roomId));

/** Reads a room by its id, for whoever keeps it. */
export const readRoom: ReadRoom = async (roomId) => Room.findById(roomId).lean();

/**
 * The room, if this actor may enter it now.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 */
export async function accessRoom(actor: Actor, roomId: string, now: Date, read: ReadRoom = readAfresh): Promise<RoomDocument> {
  const room = await read(roomId);
  if (!room || !(await mayEnterRoom(actor, room, now))) throw new AppError('room.not_found');
  return room;
}

/** Judges one room for one actor, for whoever has read it. */
export async function mayEnterRoom(actor: Entrant, room: RoomDocument, now: Date): Promise<boolean> {
  return (await judgeRoom(actor, room, now)).canEnter;
}

/** Judges a connection that is already inside: in one read for all that are judged at once. */
export async function mayStayInRoom(actor: Entrant, roomId: string, now: Date): Promise<boolean> {
  const room = await readAfresh(roomId);
  return room !== null && mayEnterRoom(actor, room, now);
}

/** The verdict on a room's door, for whoever explains it. */
export async function judgeRoom(actor: Entrant, room: RoomDocument, now: Date): Promise<EntryVerdict> {
  const workshop = room.gate.kind === 'workshop' ? await Workshop.findById(room.gate.workshopId).lean() : null;
  return judgeRoomEntry(actor, room, workshop && (await judgeWorkshop(actor, workshop, now)), now);
}

/** What stands behind a door, for whoever may enter. */
export interface RoomInside {
  lastSeq: number;
  mayModerate: boolean;
}

/** The room as one actor sees its door. `inside` is null where they may not enter. */
export function viewRoom(room: RoomDocument, inside: RoomInside | null): RoomView {
  const { gate } = room;
  return {
    id: String(room._id),
    name: room.name,
    topic: room.topic,
    gate: gate.kind === 'workshop' ? { kind: 'workshop', workshopId: String(gate.workshopId) } : gate,
    canEnter: inside !== null,
    lastSeq: inside?.lastSeq ?? null,
    mode: inside && viewRoomMode(room),
    mayModerate: inside?.mayModerate ?? false,
  };
}
