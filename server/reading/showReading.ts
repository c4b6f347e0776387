import type { TimelineAt } from '../../shared/contracts/messages.js';
import type { ReadStateView } from '../../shared/contracts/reading.js';
import { accessTimeline } from '../access/accessTimeline.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { readState } from './readState.js';

/**
 * How the actor stands to one timeline now.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there.
 */
export async function showReading(deps: Deps, actor: Actor, at: TimelineAt): Promise<ReadStateView> {
  await accessTimeline(actor, at, deps.now());
  return readState(deps, actor, at);
}
