import { Types } from 'mongoose';
import type { MessageView, OfMessage } from '../../../shared/contracts/messages.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { auditOf } from '../../models/moderation/auditEntry.js';
import { takeAway } from '../../models/messages/messageChanges.js';
import { changeMessage } from './changeMessage.js';

/**
 * Takes away what a message says, for its author or for whoever may moderate the room. Its place stays, as do the replies
 * to it and its thread; nobody is shown what it said, not even as a revision. What a moderator takes away is written down.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - not in this room, or not this actor's to remove; the two look alike on purpose.
 * @throws server.busy - it cannot be changed, or told, now.
 */
export async function removeMessage(deps: Deps, actor: Actor, of: OfMessage): Promise<MessageView> {
  const { view } = await changeMessage(deps, actor, of, 'remove', async ({ message }) => {
    if (message.deleted) return 'as asked';
    const { _id: messageId, authorId: memberId, roomId } = message;
    if (String(memberId) === actor.memberId) return takeAway(message, 'author', deps.now());
    return takeAway(message, 'moderator', deps.now(), auditOf('message_removed', deps.now(), { byId: new Types.ObjectId(actor.memberId), memberId, roomId, messageId }));
  });
  return view;
}
