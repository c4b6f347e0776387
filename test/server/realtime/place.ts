/** A room to ask about, put into the store directly: how rooms are made is tested elsewhere. */
import { randomUUID } from 'node:crypto';
import { Room } from '../../../server/models/room.js';

/** @returns the id of a new room whose door a tier opens. */
export async function roomFor(tierKey: string, rank = 0): Promise<string> {
  const room = await Room.create({ name: `room-${randomUUID().slice(0, 8)}`, topic: '', gate: { kind: 'tier', tierKey, rank }, isListed: true });
  return String(room._id);
}
