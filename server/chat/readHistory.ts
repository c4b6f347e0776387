import type { HistoryView, ReadHistory } from '../../shared/contracts/chat.js';
import { accessRoom } from '../access/accessRoom.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Member } from '../models/member.js';
import { Message } from '../models/message.js';
import { viewGoneAuthor, viewMessage } from './chat.views.js';

/**
 * Reads a room's messages: after a `seq`, before one, or the newest.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 */
export async function readHistory(deps: Deps, actor: Actor, { roomId, ...asked }: ReadHistory): Promise<HistoryView> {
  await accessRoom(actor, roomId, deps.now());
  const { messages, hasMore } = await Message.page(roomId, asked);
  // Read after the page, so that it is never less than the page's own newest.
  const lastSeq = await Message.newestSeq(roomId);
  const authors = await Member.people([...new Set(messages.map((message) => String(message.authorId)))]);
  const views = messages.map((message) => {
    const authorId = String(message.authorId);
    return viewMessage(message, authors.get(authorId) ?? viewGoneAuthor(authorId));
  });
  return { messages: views, mine: [], lastSeq, rev: 0, hasMore, hasNewer: (messages.at(-1)?.seq ?? lastSeq) < lastSeq };
}
