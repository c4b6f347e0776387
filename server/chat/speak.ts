import type { SendMessage } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import { AppError } from '../../shared/failures.js';
import { judgeSpeech, type Pace } from '../access/accessSpeak.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Message } from '../models/message.js';
import type { RoomDocument } from '../models/room.js';

/**
 * Lets an actor who may be in the room say something, if it may be said there now: by their restrictions, the room's mode,
 * and in a slow room by turns. A turn is used up by a message that stands, and by nothing else.
 *
 * Whatever says no says no to a new message alone: a retry of one that stands is not judged, it reads that one.
 *
 * @param post - stores the message, or reads the one that stands under its name.
 * @throws member.timed_out | room.read_only | room.questions_only | room.emoji_only - this is not said here now.
 * @throws room.slow - it is not their turn; `retryAt` says when it is.
 */
export async function speak(deps: Deps, actor: Actor, room: RoomDocument, input: SendMessage, post: () => Promise<MessageView>): Promise<MessageView> {
  try {
    const pace = await judgeSpeech(actor, room, input.text, deps.now());
    return await (pace ? speakInTurn(deps, actor, input, pace, post) : post());
  } catch (error) {
    if (error instanceof AppError && refusals.has(error.code) && (await isSaid(actor, input))) return post();
    throw error;
  }
}

const refusals: ReadonlySet<string> = new Set(['member.timed_out', 'room.read_only', 'room.questions_only', 'room.emoji_only', 'room.slow']);

async function isSaid(actor: Actor, { clientMessageId }: SendMessage): Promise<boolean> {
  return (await Message.exists({ authorId: actor.memberId, clientMessageId })) !== null;
}

async function speakInTurn(deps: Deps, actor: Actor, { roomId, clientMessageId }: SendMessage, { since, seconds }: Pace, post: () => Promise<MessageView>): Promise<MessageView> {
  const place = `${roomId} ${since}`;
  const nextAt = await deps.turns.take(place, actor.memberId, clientMessageId, seconds);
  if (nextAt) throw new AppError('room.slow', { retryAt: nextAt.toISOString() });
  try {
    return await post();
  } catch (error) {
    await deps.turns.giveBack(place, actor.memberId, clientMessageId);
    throw error;
  }
}
