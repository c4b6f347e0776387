import type { HereView, InRoom } from '../../shared/contracts/chat.js';
import { accessRoom } from '../access/accessRoom.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { readHere } from './hereNews.js';

/**
 * Who is in a room now.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 */
export async function showHere(deps: Deps, actor: Actor, { roomId }: InRoom): Promise<HereView> {
  await accessRoom(actor, roomId, deps.now());
  return readHere(deps, roomId);
}
