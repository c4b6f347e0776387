import type { MessageView } from '../../shared/contracts/messages.js';
import type { ReadMentions } from '../../shared/contracts/reading.js';
import type { Actor } from '../access/actor.js';
import { enterableRooms } from '../access/enterableRooms.js';
import { viewMessages } from '../access/messageViews.js';
import type { Deps } from '../deps.js';
import { pageOfCalls } from '../models/reading/messageCounts.js';
import { Tier } from '../models/tier.js';

/** Messages of others that call the actor, by name, as one of a room or of their tier; the newest first, and only from rooms they may enter now. */
export async function listMentions(deps: Deps, actor: Actor, { before, limit }: ReadMentions): Promise<{ messages: MessageView[]; hasMore: boolean }> {
  const [rooms, tierKey] = await Promise.all([enterableRooms(actor, deps.now()), Tier.keyOfRank(actor.tierRank)]);
  const roomIds = rooms.map(({ _id }) => String(_id));
  const found = await pageOfCalls({ memberId: actor.memberId, tierKey }, roomIds, before, limit + 1);
  return { messages: await viewMessages(found.slice(0, limit)), hasMore: found.length > limit };
}
