import type { TimelineAt } from '../../shared/contracts/messages.js';
import { accessTimeline } from '../access/accessTimeline.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Message } from '../models/messages/message.js';

/** So many messages are looked at with each read. */
const looks = 31;

/** A place in the timeline, and when what stands there was sent: null where nobody has looked. */
interface Place {
  seq: number;
  sentAt: number | null;
}

/**
 * The `seq` of the first message sent at that time or later; the newest where there is none, 0 in an empty timeline.
 *
 * Later messages were sent later (between nodes as exactly as their clocks agree), and there are no gaps, so the place is
 * found by looking at a few dozen messages over the whole span, then over the part that it lies in, the more of them the
 * nearer to where it would be if people wrote evenly: without an index that every message pays for.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there.
 */
export async function findSeqAt(deps: Deps, actor: Actor, { at, ...timeline }: TimelineAt & { at: string }): Promise<{ seq: number }> {
  // What is read beside the gate is not told unless the gate opens.
  const [newest] = await Promise.all([Message.newestSeq(timeline), accessTimeline(actor, timeline, deps.now())]);
  const time = new Date(at).getTime();
  // The first message that is late enough lies after `early` and not after `late`.
  let early: Place = { seq: 0, sentAt: null };
  let late: Place = { seq: newest, sentAt: null };
  while (late.seq - early.seq > 1) {
    const found = await Message.find({ ...timeline, seq: { $in: placesBetween(early, late, time) } }).select({ seq: 1, sentAt: 1 }).lean();
    const looked = found.map(({ seq, sentAt }) => ({ seq, sentAt: sentAt.getTime() }));
    early = looked.reduce<Place>((before, place) => (place.sentAt < time && place.seq > before.seq ? place : before), early);
    const lastEarly = early.seq;
    late = looked.reduce<Place>((after, place) => (place.sentAt >= time && place.seq > lastEarly && place.seq < after.seq ? place : after), late);
  }
  return { seq: late.seq };
}

/** Where to look between two places: evenly and, where the times of both are known, ever closer around the likely place. */
function placesBetween(early: Place, late: Place, time: number): number[] {
  const span = late.seq - early.seq;
  if (span <= looks + 1) return Array.from({ length: span - 1 }, (_none, index) => early.seq + index + 1);
  const likely = likelyPlace(early, late, time);
  const evenly = likely === null ? looks : (looks - 1) / 2;
  const places = Array.from({ length: evenly }, (_none, index) => early.seq + Math.ceil(((index + 1) * span) / (evenly + 1)));
  for (let step = 0; likely !== null && step < (looks - evenly) / 2; step += 1) places.push(likely - 3 ** step, likely + 3 ** step - 1);
  return [...new Set(places)].filter((seq) => seq > early.seq && seq < late.seq);
}

/** Where it would be if people had written evenly between the two; null where it is not known when they were sent. */
function likelyPlace(early: Place, late: Place, time: number): number | null {
  if (early.sentAt === null || late.sentAt === null || late.sentAt <= early.sentAt) return null;
  return early.seq + Math.round(((late.seq - early.seq) * (time - early.sentAt)) / (late.sentAt - early.sentAt));
}
