import type { MarkRead, ReadStateView } from '../../shared/contracts/reading.js';
import { accessTimeline } from '../access/accessTimeline.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { ReadMark } from '../models/reading/readMark.js';
import { readLastSeq, readState, tellState } from './readState.js';

/**
 * Marks a timeline as read up to a `seq`, as far as there are messages. Where it was read further already, nothing moves
 * and nobody is told.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there.
 */
export async function markRead(deps: Deps, actor: Actor, { seq, ...at }: MarkRead): Promise<ReadStateView> {
  await accessTimeline(actor, at, deps.now());
  const lastSeq = await readLastSeq(deps, at);
  const moved = await ReadMark.moveOn(actor.memberId, at, Math.min(seq, lastSeq));
  return moved ? tellState(deps, actor, at) : readState(deps, actor, at);
}
