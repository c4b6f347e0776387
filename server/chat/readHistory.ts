import type { HistoryView, ReadHistory } from '../../shared/contracts/chat.js';
import { accessTimeline } from '../access/accessTimeline.js';
import type { Actor } from '../access/actor.js';
import { viewMessages, viewMyReactions } from '../access/messageViews.js';
import type { Deps } from '../deps.js';
import { Change } from '../models/change.js';
import { Message } from '../models/message.js';

/**
 * Reads a timeline's messages: after a `seq`, before one, around one, or the newest.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there.
 */
export async function readHistory(deps: Deps, actor: Actor, { roomId, threadId, ...asked }: ReadHistory): Promise<HistoryView> {
  const timeline = { roomId, threadId };
  await accessTimeline(actor, timeline, deps.now());
  // Read before the page: what is changed in between is in the page or told again, never missed.
  const rev = await Change.newestRev(roomId);
  const { messages, hasMore } = await Message.page(timeline, asked);
  // Read after the page, so that it is never less than the page's own newest.
  const [lastSeq, views] = await Promise.all([Message.newestSeq(timeline), viewMessages(messages)]);
  const endsAt = messages.at(-1)?.seq ?? (asked.before === undefined ? lastSeq : asked.before - 1);
  return { messages: views, mine: viewMyReactions(messages, actor.memberId), lastSeq, rev, hasMore, hasNewer: endsAt < lastSeq };
}
