import type { SendMessage } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import { accessRoom } from '../access/accessRoom.js';
import { viewPerson, type Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';

/**
 * Says something in a room: stores it once, tells the room once.
 *
 * A retry carries the same `clientMessageId`; it gets the stored message back, and nobody hears twice.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws server.busy - the store does not take it now. Sent again under the same `clientMessageId` it is stored once, whatever became of this try.
 * @throws input.invalid - the `clientMessageId` names a message of the author's in another room.
 */
export async function sendMessage(deps: Deps, actor: Actor, input: SendMessage): Promise<MessageView> {
  await accessRoom(actor, input.roomId, deps.now());
  return deps.timeline.post(viewPerson(actor), input);
}
