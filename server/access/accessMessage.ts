/** The only way to a message that was said: through its room, and only under that room's id. */
import type { OfMessage } from '../../shared/contracts/messages.js';
import { AppError } from '../../shared/failures.js';
import { Message, type MessageDocument } from '../models/messages/message.js';
import type { RoomDocument } from '../models/room.js';
import { mayModerate } from './accessModeration.js';
import { accessRoom } from './accessRoom.js';
import type { Actor } from './actor.js';

/** What one may do with a message: `read` it, `edit` it as its author, `remove` it as its author or a moderator, `moderate` it. */
export type MessageRight = 'read' | 'edit' | 'remove' | 'moderate';

/** A message one may do something with, and its room. */
export interface MessagePlace {
  room: RoomDocument;
  message: MessageDocument;
}

/**
 * The message, if it is one of this room, and the actor may enter the room and has this right to it now.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - not in this room, or not this actor's to do that with; the two look alike on purpose.
 */
export async function accessMessage(actor: Actor, { roomId, messageId }: OfMessage, right: MessageRight, now: Date): Promise<MessagePlace> {
  const room = await accessRoom(actor, roomId, now);
  const message = await Message.findOne({ _id: messageId, roomId }).lean();
  if (!message || !(await hasRight(actor, room, message, right, now))) throw new AppError('message.not_found');
  return { room, message };
}

async function hasRight(actor: Actor, room: RoomDocument, message: MessageDocument, right: MessageRight, now: Date): Promise<boolean> {
  const isAuthor = String(message.authorId) === actor.memberId;
  if (right === 'read') return true;
  if (right === 'edit') return isAuthor;
  return (right === 'remove' && isAuthor) || (await mayModerate(actor, room, now));
}
