import type { TimelineAt } from '../../shared/contracts/messages.js';
import { accessTimeline } from '../access/accessTimeline.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Message, type MessageDocument, type TimelineKey } from '../models/messages/message.js';

/** So many messages are looked at with each read. */
const looks = 31;

/** A place in the timeline, and when what stands there was sent. */
interface Place {
  seq: number;
  sentAt: number;
}

/**
 * The `seq` of the first message sent at that time or later; the newest where there is none, 0 in an empty timeline.
 *
 * Later messages were sent later (between nodes as exactly as their clocks agree), and there are no gaps, so the place is
 * found by looking at a few dozen messages between its two ends, half of them around where it would be if people wrote
 * evenly, then at as many over the part that it lies in: without an index that every message pays for.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there.
 */
export async function findSeqAt(deps: Deps, actor: Actor, { at, ...timeline }: TimelineAt & { at: string }): Promise<{ seq: number }> {
  // What is read beside the gate is not told unless the gate opens.
  const [[first, newest]] = await Promise.all([readEnds(timeline), accessTimeline(actor, timeline, deps.now())]);
  const time = new Date(at).getTime();
  if (!first || !newest || newest.sentAt < time) return { seq: newest?.seq ?? 0 };
  if (first.sentAt >= time) return { seq: first.seq };
  // The first message that is late enough lies after `early` and not after `late`.
  let [early, late] = [first, newest];
  while (late.seq - early.seq > 1) {
    const looked = await readPlaces(timeline, placesBetween(early, late, time));
    early = looked.reduce<Place>((before, place) => (place.sentAt < time && place.seq > before.seq ? place : before), early);
    const lastEarly = early.seq;
    late = looked.reduce<Place>((after, place) => (place.sentAt >= time && place.seq > lastEarly && place.seq < after.seq ? place : after), late);
  }
  return { seq: late.seq };
}

/** The first message and the newest; nothing where nothing was said. */
async function readEnds(timeline: TimelineKey): Promise<[Place, Place] | []> {
  const [[first], newest] = await Promise.all([readPlaces(timeline, [1]), Message.findOne(timeline).sort({ seq: -1 }).select({ seq: 1, sentAt: 1 }).lean()]);
  return first && newest ? [first, placeOf(newest)] : [];
}

async function readPlaces(timeline: TimelineKey, seqs: readonly number[]): Promise<Place[]> {
  return (await Message.find({ ...timeline, seq: { $in: seqs } }).select({ seq: 1, sentAt: 1 }).lean()).map(placeOf);
}

const placeOf = ({ seq, sentAt }: Pick<MessageDocument, 'seq' | 'sentAt'>): Place => ({ seq, sentAt: sentAt.getTime() });

/** Where to look between two places: evenly, and ever closer around the likely one. */
function placesBetween(early: Place, late: Place, time: number): number[] {
  const span = late.seq - early.seq;
  if (span <= looks + 1) return Array.from({ length: span - 1 }, (_none, index) => early.seq + index + 1);
  const likely = early.seq + Math.round((span * (time - early.sentAt)) / (late.sentAt - early.sentAt));
  const evenly = (looks - 1) / 2;
  const places = Array.from({ length: evenly }, (_none, index) => early.seq + Math.ceil(((index + 1) * span) / (evenly + 1)));
  for (let step = 0; step < (looks - evenly) / 2; step += 1) places.push(likely - 3 ** step, likely + 3 ** step - 1);
  return [...new Set(places)].filter((seq) => seq > early.seq && seq < late.seq);
}
