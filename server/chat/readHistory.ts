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
  view: Omit<HistoryView, 'mine' | 'rev'>;
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
  // Read before the page: what is changed in between is in the page or told again, never missed. Read beside the gate: it is not told unless that opens.
  const [rev] = await Promise.all([Change.newestRev(roomId), accessTimeline(actor, timeline, deps.now())]);
  const { documents, view } = await together(JSON.stringify([timeline, asked]), () => readPage(timeline, asked));
  return { ...view, rev, mine: viewMyReactions(documents, actor.memberId) };
}

async function readPage(timeline: TimelineKey, asked: PageAsked): Promise<Page> {
  const [{ messages: documents, hasMore }, newest] = await Promise.all([Message.page(timeline, asked), Message.newestSeq(timeline)]);
  const pageEnd = documents.at(-1)?.seq;
  // The two were read side by side, and the page may know of a later one.
  const lastSeq = Math.max(newest, pageEnd ?? 0);
  const endsAt = pageEnd ?? (asked.before === undefined ? lastSeq : asked.before - 1);
  return { documents, view: { messages: await viewMessages(documents), lastSeq, hasMore, hasNewer: endsAt < lastSeq } };
}
