import { chat } from '../../shared/contracts/chat.js';
import type { TimelineAt } from '../../shared/contracts/messages.js';
import { accessTimeline } from '../access/accessTimeline.js';
import { viewPerson, type Actor } from '../access/actor.js';
import { isTimedOut } from '../access/moderation/restrictions.js';
import type { Deps } from '../deps.js';
import { memberChannel, timelineChannel } from '../realtime/channels.js';
import type { Connection } from '../realtime/connection.js';

/**
 * Tells the others in a timeline that this member is writing. Nothing is stored; the notice ends by itself after
 * `limits.typingSeconds`.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there.
 */
export async function tellTyping(deps: Deps, actor: Actor, { roomId, threadId }: TimelineAt, connection: Connection): Promise<Record<string, never>> {
  const channel = timelineChannel(roomId, threadId);
  // Whoever has the thread open was judged to have one; its room's gate is judged each time.
  await accessTimeline(actor, { roomId, threadId: connection.isIn(channel) ? null : threadId }, deps.now(), deps.rooms.get);
  deps.here.heard(actor.memberId);
  // What whoever is timed out writes reaches nobody.
  if (isTimedOut(actor, roomId, deps.now())) return {};
  deps.publish(channel, chat.typed, { roomId, threadId, person: viewPerson(actor) }, memberChannel(actor.memberId));
  return {};
}
