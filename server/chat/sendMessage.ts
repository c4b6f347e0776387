import type { SendMessage } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import { accessRoom } from '../access/accessRoom.js';
import { viewPerson, type Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { speak } from './speak.js';

/**
 * Says something in a room: stores it once, tells the room once.
 *
 * A retry carries the same `clientMessageId`; it gets the stored message back, and nobody hears twice.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws member.timed_out | room.read_only | room.slow | room.questions_only | room.emoji_only - it may not be said there now.
 * @throws server.busy - the store does not take it now. Sent again under the same `clientMessageId` it is stored once, whatever became of this try.
 * @throws input.invalid - the `clientMessageId` names a message of the author's in another room.
 */
export async function sendMessage(deps: Deps, actor: Actor, input: SendMessage): Promise<MessageView> {
  const room = await accessRoom(actor, input.roomId, deps.now());
  return speak(deps, actor, room, input, () => deps.timeline.post(viewPerson(actor), input));
}
