import type { TimelineAt } from '../../shared/contracts/messages.js';
import { accessTimeline } from '../access/accessTimeline.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Message } from '../models/messages/message.js';

/** Into so many parts a span of the timeline is cut with each read. */
const parts = 32;

/**
 * The `seq` of the first message sent at that time or later; the newest where there is none, 0 in an empty timeline.
 *
 * Later messages were sent later (between nodes as exactly as their clocks agree), and there are no gaps, so the place is
 * found by looking at a few dozen messages a million apart, then a few thousand apart: without an index that every message pays for.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there.
 */
export async function findSeqAt(deps: Deps, actor: Actor, { at, ...timeline }: TimelineAt & { at: string }): Promise<{ seq: number }> {
  await accessTimeline(actor, timeline, deps.now());
  const newest = await Message.newestSeq(timeline);
  const time = new Date(at);
  // The first message that is late enough lies after `early` and not after `late`.
  let early = 0;
  let late = newest;
  while (late - early > 1) {
    const step = Math.max(1, Math.ceil((late - early) / parts));
    const places = Array.from({ length: Math.ceil((late - early) / step) - 1 }, (_none, index) => early + (index + 1) * step);
    const looked = await Message.find({ ...timeline, seq: { $in: places } }).select({ seq: 1, sentAt: 1 }).lean();
    for (const { seq, sentAt } of looked) {
      if (sentAt < time) early = Math.max(early, seq);
    }
    for (const { seq, sentAt } of looked) {
      if (sentAt >= time && seq > early) late = Math.min(late, seq);
    }
  }
  return { seq: late };
}
