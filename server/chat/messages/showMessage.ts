import type { MessageView, MyReactions, OfMessage } from '../../../shared/contracts/messages.js';
import { accessMessage } from '../../access/accessMessage.js';
import type { Actor } from '../../access/actor.js';
import { viewMine, viewOneMessage } from '../../access/messageViews.js';
import type { Deps } from '../../deps.js';

/**
 * One message as it is now, and what the actor reacted with to it.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - not in this room.
 */
export async function showMessage(deps: Deps, actor: Actor, of: OfMessage): Promise<{ message: MessageView; mine: MyReactions }> {
  const { message } = await accessMessage(actor, of, 'read', deps.now());
  return { message: await viewOneMessage(message), mine: viewMine(message, actor.memberId) };
}
