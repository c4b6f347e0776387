import type { EditMessage, MessageView } from '../../../shared/contracts/messages.js';
import { AppError } from '../../../shared/failures.js';
import { judgeSpeech } from '../../access/moderation/accessSpeak.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { MessageDocument, StoredMentions } from '../../models/messages/message.js';
import { changeText, isEditedOut } from '../../models/messages/messageChanges.js';
import { storeMentions } from '../storeMentions.js';
import { changeMessage } from './changeMessage.js';
import { checkMentions } from './checkMentions.js';

/**
 * The author says it differently. What it said before stays to be read as a revision.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - not in this room, or not this actor's own; the two look alike on purpose.
 * @throws message.deleted - there is nothing left to edit.
 * @throws message.too_many_edits - it was edited `limits.editsMax` times.
 * @throws member.timed_out | room.read_only | room.questions_only | room.emoji_only - what is said anew is held to what may be said there now.
 * @throws mention.refused - it calls the room or a tier, which is for whoever may moderate the room.
 * @throws input.invalid - it calls someone who is not there.
 * @throws server.busy - it cannot be changed, or told, now.
 */
export async function editMessage(deps: Deps, actor: Actor, { text, mentions, ...of }: EditMessage): Promise<MessageView> {
  const called = storeMentions(mentions);
  const { view } = await changeMessage(deps, actor, of, 'edit', async ({ room, message }) => {
    if (message.deleted) throw new AppError('message.deleted');
    if (message.text === text && isSame(message.mentions, called)) return 'as asked';
    // An edit waits for no turn in a slow room: nobody is called to read it.
    await judgeSpeech(actor, room, text, deps.now());
    await checkMentions(actor, room, mentions, deps.now());
    const changed = await changeText(message, text, called, deps.now());
    if (!changed && (await isEditedOut(message))) throw new AppError('message.too_many_edits');
    return changed;
  });
  return view;
}

function isSame(one: MessageDocument['mentions'], other: StoredMentions | undefined): boolean {
  const asText = (mentions: StoredMentions | undefined): string => JSON.stringify(mentions ? [mentions.memberIds.map(String), mentions.room, mentions.tierKeys] : null);
  return asText(one) === asText(other);
}
