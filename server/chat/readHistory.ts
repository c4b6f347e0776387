import type { HistoryView, ReadHistory } from '../../shared/contracts/chat.js';
import { accessTimeline } from '../access/accessTimeline.js';
import type { Actor } from '../access/actor.js';
import { viewMessages, viewMyReactions } from '../access/messageViews.js';
import type { Deps } from '../deps.js';
import { Change } from '../models/messages/change.js';
import { readTogether } from '../models/asking/readTogether.js';
import { Message, type MessageDocument, type PageAsked, type TimelineKey } from '../models/messages/message.js';

/** A page as it is the same for all who may read it. */
interface Page {
  documents: MessageDocument[];
  view: Omit<HistoryView, 'mine'>;
}

/** After a node went, or a road was cut, all who were in a room ask for the same page at once. */
const together = readTogether<Page>();

/**
 * Reads a timeline's messages: after a `seq`, before one, around one, or the newest.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there.
 */
export async function readHistory(deps: Deps, actor: Actor, { roomId, threadId, ...asked }: ReadHistory): Promise<HistoryView> {
  const timeline = { roomId, threadId };
  await accessTimeline(actor, timeline, deps.now());
  const { documents, view } = await together(JSON.stringify([timeline, asked]), () => readPage(timeline, asked));
  return { ...view, mine: viewMyReactions(documents, actor.memberId) };
}

async function readPage(timeline: TimelineKey, asked: PageAsked): Promise<Page> {
  // Read before the page: what is changed in between is in the page or told again, never missed.
  const rev = await Change.newestRev(timeline.roomId);
  const { messages: documents, hasMore } = await Message.page(timeline, asked);
  // Read after the page, so that it is never less than the page's own newest.
  const [lastSeq, messages] = await Promise.all([Message.newestSeq(timeline), viewMessages(documents)]);
  const endsAt = documents.at(-1)?.seq ?? (asked.before === undefined ? lastSeq : asked.before - 1);
  return { documents, view: { messages, lastSeq, rev, hasMore, hasNewer: endsAt < lastSeq } };
}
