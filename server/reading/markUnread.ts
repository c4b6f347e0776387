import type { MarkRead, ReadStateView } from '../../shared/contracts/reading.js';
import { accessTimeline } from '../access/accessTimeline.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { ReadMark } from '../models/reading/readMark.js';
import { readLastSeq, tellState } from './readState.js';

/**
 * Marks a timeline as unread from the message at `seq` on, the member's own messages with those of others.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there.
 */
export async function markUnread(deps: Deps, actor: Actor, { seq, ...at }: MarkRead): Promise<ReadStateView> {
  await accessTimeline(actor, at, deps.now());
  const lastSeq = await readLastSeq(deps, at);
  await ReadMark.put(actor.memberId, at, { readSeq: Math.min(seq - 1, lastSeq), ownUntil: lastSeq });
  return tellState(deps, actor, at);
}
