import type { SendMessage } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import { AppError } from '../../shared/failures.js';
import type { Pace } from '../access/moderation/accessSpeak.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';

/**
 * Says something in turn, where the room has a pace. A turn is used up by a message that stands, and by nothing else: a
 * retry of the message that has it goes on with it, and one that is refused gives it back. The room and its threads
 * share their turns.
 *
 * @param pace - as the gate has judged; null where nobody has to wait.
 * @throws room.slow - it is not their turn; `retryAt` says when it is.
 */
export async function speakInTurn(deps: Deps, actor: Actor, { roomId, threadId, clientMessageId }: SendMessage, pace: Pace | null, say: () => Promise<MessageView>): Promise<MessageView> {
  if (!pace) return say();
  const place = `${roomId} ${pace.since}`;
  // Under the same id elsewhere in the room it is no retry: it will be refused, and must not give back the turn of the one that stands.
  const what = `${threadId ?? ''} ${clientMessageId}`;
  const nextAt = await deps.turns.take(place, actor.memberId, what, pace.seconds);
  if (nextAt) throw new AppError('room.slow', { retryAt: nextAt.toISOString() });
  try {
    return await say();
  } catch (error) {
    await deps.turns.giveBack(place, actor.memberId, what);
    throw error;
  }
}
