/** The only way to a timeline: whoever may enter the room may read it and its threads. */
import { AppError } from '../../shared/failures.js';
import { Message, type MessageDocument, type TimelineKey } from '../models/messages/message.js';
import type { RoomDocument } from '../models/room.js';
import { accessRoom, type ReadRoom } from './accessRoom.js';
import type { Actor } from './actor.js';

/** A timeline one may read: its room and, of a thread, the message it hangs from. */
export interface TimelinePlace {
  room: RoomDocument;
  root: MessageDocument | null;
}

/**
 * The timeline, if this actor may enter its room now. A thread hangs from a message of that very room's own timeline.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there.
 */
export async function accessTimeline(actor: Actor, { roomId, threadId }: TimelineKey, now: Date, read?: ReadRoom): Promise<TimelinePlace> {
  const room = await accessRoom(actor, roomId, now, read);
  if (threadId === null) return { room, root: null };
  const root = await Message.findOne({ _id: threadId, roomId, threadId: null }).lean();
  if (!root) throw new AppError('message.not_found');
  return { room, root };
}
