import type { MessageView } from '../../../shared/contracts/messages.js';
import { accessRoom } from '../../access/accessRoom.js';
import type { Actor } from '../../access/actor.js';
import { viewMessages } from '../../access/messageViews.js';
import type { Deps } from '../../deps.js';
import { findPinned } from '../../models/messages/messageChanges.js';

/**
 * The room's pinned messages, its threads' included, the latest pinned first.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 */
export async function listPins(deps: Deps, actor: Actor, { roomId }: { roomId: string }): Promise<MessageView[]> {
  const room = await accessRoom(actor, roomId, deps.now());
  const pinned = await findPinned(room._id);
  return viewMessages(pinned.toSorted((one, other) => (other.pin?.at.getTime() ?? 0) - (one.pin?.at.getTime() ?? 0)));
}
