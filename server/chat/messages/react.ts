import { Types } from 'mongoose';
import { messages, type MessageView, type MyReactions, type React } from '../../../shared/contracts/messages.js';
import { AppError } from '../../../shared/failures.js';
import { limits } from '../../../shared/limits.js';
import type { Actor } from '../../access/actor.js';
import { viewMine } from '../../access/messageViews.js';
import { refuseTimedOut } from '../../access/moderation/restrictions.js';
import type { Deps } from '../../deps.js';
import { addReaction, dropReaction } from '../../models/messages/messageChanges.js';
import { memberChannel } from '../../realtime/channels.js';
import { changeMessage } from './changeMessage.js';

/**
 * Reacts to a message with an emoji, or no more. The member's other connections hear what they react with now.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - not in this room.
 * @throws member.timed_out - they may not be heard there for a while. What they reacted with before they may still take back.
 * @throws message.deleted - there is nothing left to react to.
 * @throws message.too_many_reactions - it has `limits.reactionKindsMax` other emoji.
 * @throws server.busy - it cannot be changed, or told, now.
 */
export async function react(deps: Deps, actor: Actor, { emoji, isOn, ...of }: React): Promise<{ message: MessageView; mine: MyReactions }> {
  const { message, view, isChanged } = await changeMessage(deps, actor, of, 'read', async ({ message: now }) => {
    const { deleted, reactions = [] } = now;
    if (deleted && isOn) throw new AppError('message.deleted');
    if (viewMine(now, actor.memberId).emojis.includes(emoji) === isOn) return 'as asked';
    if (isOn) refuseTimedOut(actor, of.roomId, deps.now());
    const memberId = new Types.ObjectId(actor.memberId);
    if (!isOn) return dropReaction(now, emoji, memberId, deps.now());
    if (reactions.length >= limits.reactionKindsMax && !reactions.some((reaction) => reaction.emoji === emoji)) throw new AppError('message.too_many_reactions');
    return addReaction(now, emoji, memberId, deps.now());
  });
  const mine = viewMine(message, actor.memberId);
  if (isChanged) deps.publish(memberChannel(actor.memberId), messages.myReactions, { ...mine, roomId: of.roomId });
  return { message: view, mine };
}
