import { writeDownLeft } from '../../models/moderation/auditEntry.js';
import { Message } from '../../models/messages/message.js';
import { Restriction } from '../../models/moderation/restriction.js';
import { Room } from '../../models/room.js';

/** Brings into the log whatever acts have left behind that was cut off before it was there. */
export async function writeDownAll(): Promise<void> {
  await Promise.all([writeDownLeft(Room), writeDownLeft(Restriction), writeDownLeft(Message)]);
}
