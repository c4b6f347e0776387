import type { ReadStateView } from '../../shared/contracts/reading.js';
import { accessRoom } from '../access/accessRoom.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { ReadMark } from '../models/reading/readMark.js';
import { readLastSeq, readState, tellState } from './readState.js';

/**
 * Mutes a room for this member, or lets it be heard again.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 */
export async function muteRoom(deps: Deps, actor: Actor, { roomId, isOn }: { roomId: string; isOn: boolean }): Promise<ReadStateView> {
  await accessRoom(actor, roomId, deps.now());
  const at = { roomId, threadId: null };
  const lastSeq = await readLastSeq(deps, at);
  await ReadMark.begin(actor.memberId, [{ ...at, readSeq: lastSeq }]);
  const changed = await ReadMark.wish(actor.memberId, at, { isMuted: isOn });
  return changed ? tellState(deps, actor, at) : readState(deps, actor, at);
}
