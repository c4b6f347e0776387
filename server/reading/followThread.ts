import type { ReadStateView } from '../../shared/contracts/reading.js';
import { accessTimeline } from '../access/accessTimeline.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { ReadMark } from '../models/reading/readMark.js';
import { readLastSeq, readState, tellState } from './readState.js';

/**
 * Follows a thread, or follows it no more; what the member says here stands, whatever they write in it afterwards. What
 * was said before they first followed it counts as read.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there.
 */
export async function followThread(deps: Deps, actor: Actor, { isOn, ...at }: { roomId: string; threadId: string; isOn: boolean }): Promise<ReadStateView> {
  await accessTimeline(actor, at, deps.now());
  const lastSeq = await readLastSeq(deps, at);
  await ReadMark.begin(actor.memberId, [{ ...at, readSeq: lastSeq }]);
  const changed = await ReadMark.wish(actor.memberId, at, { isFollowed: isOn });
  return changed ? tellState(deps, actor, at) : readState(deps, actor, at);
}
