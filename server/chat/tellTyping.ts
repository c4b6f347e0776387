import { chat, type InRoom } from '../../shared/contracts/chat.js';
import { accessRoom } from '../access/accessRoom.js';
import { viewPerson, type Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { memberChannel, roomChannel } from '../realtime/channels.js';

/**
 * Tells the others in a room that this member is writing. Nothing is stored; the notice ends by itself after
 * `limits.typingSeconds`.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 */
export async function tellTyping(deps: Deps, actor: Actor, { roomId }: InRoom): Promise<Record<string, never>> {
  await accessRoom(actor, roomId, deps.now());
  deps.publish(roomChannel(roomId), chat.typed, { roomId, threadId: null, person: viewPerson(actor) }, memberChannel(actor.memberId));
  return {};
}
