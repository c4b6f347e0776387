import type { ChangesView, ReadChanges } from '../../shared/contracts/chat.js';
import { limits } from '../../shared/limits.js';
import { accessRoom } from '../access/accessRoom.js';
import type { Actor } from '../access/actor.js';
import { viewMessages, viewMyReactions } from '../access/messageViews.js';
import type { Deps } from '../deps.js';
import { Change } from '../models/messages/change.js';
import { Message } from '../models/messages/message.js';

/**
 * What became of a room's messages after a `rev`: each that was changed once, as it is now.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 */
export async function readChanges(deps: Deps, actor: Actor, { roomId, after }: ReadChanges): Promise<ChangesView> {
  await accessRoom(actor, roomId, deps.now());
  await deps.changes.repair();
  const { changes, hasMore } = await Change.since(roomId, after, limits.historyPageMax);
  // Read after the log: they are at least as new as it tells.
  const ids = new Map(changes.map(({ messageId }) => [String(messageId), messageId]));
  const messages = await Message.findAll([...ids.values()]);
  const rev = changes.at(-1)?.rev ?? (await Change.newestRev(roomId));
  return { messages: await viewMessages(messages), mine: viewMyReactions(messages, actor.memberId), rev, hasMore };
}
