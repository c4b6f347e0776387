import { Types } from 'mongoose';
import type { MessageView, PinMessage } from '../../../shared/contracts/messages.js';
import { AppError } from '../../../shared/failures.js';
import { limits } from '../../../shared/limits.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { auditOf } from '../../models/moderation/auditEntry.js';
import { setPin, takenSlots, takePin } from '../../models/messages/messageChanges.js';
import { changeMessage } from './changeMessage.js';

/**
 * Pins a message, or unpins it, for whoever may moderate the room. Both are written down.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - not in this room, or the room is not this actor's to moderate; the two look alike on purpose.
 * @throws message.deleted - there is nothing left to pin.
 * @throws room.too_many_pins - the room has `limits.pinsMax` of them.
 * @throws server.busy - it cannot be changed, or told, now.
 */
export async function pinMessage(deps: Deps, actor: Actor, { isOn, ...of }: PinMessage): Promise<MessageView> {
  const { view } = await changeMessage(deps, actor, of, 'moderate', async ({ room, message }) => {
    if (message.deleted && isOn) throw new AppError('message.deleted');
    if ((message.pin !== undefined) === isOn) return 'as asked';
    const { _id: messageId, authorId: memberId, roomId } = message;
    const entry = auditOf(isOn ? 'message_pinned' : 'message_unpinned', deps.now(), { byId: new Types.ObjectId(actor.memberId), memberId, roomId, messageId });
    if (!isOn) return takePin(message, deps.now(), entry);
    const taken = await takenSlots(room._id);
    const slot = Array.from({ length: limits.pinsMax }, (_none, place) => place).find((place) => !taken.has(place));
    if (slot === undefined) throw new AppError('room.too_many_pins');
    return setPin(message, slot, deps.now(), entry);
  });
  return view;
}
