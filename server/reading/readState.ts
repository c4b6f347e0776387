import { reading, type ReadStateView } from '../../shared/contracts/reading.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Message, type TimelineKey } from '../models/messages/message.js';
import { readNewest } from '../models/reading/messageCounts.js';
import { ReadMark } from '../models/reading/readMark.js';
import { memberChannel } from '../realtime/channels.js';
import { countReading } from './counting/countReading.js';
import { tailLength, type Tail } from './counting/tails.js';
import { unmarked, viewReadState } from './reading.views.js';

/** The end of a timeline after a `seq`: a room's is kept on the node, a thread's is read. */
export async function readTail({ tails }: Pick<Deps, 'tails'>, timeline: TimelineKey, after: number): Promise<Tail> {
  if (timeline.threadId === null) return (await tails.of(new Map([[timeline.roomId, after]]))).get(timeline.roomId) ?? { lastSeq: 0, messages: [] };
  const messages = await readNewest(timeline, tailLength);
  return { lastSeq: messages.at(-1)?.seq ?? 0, messages };
}

/** The newest `seq` of a timeline. */
export async function readLastSeq(deps: Pick<Deps, 'tails'>, timeline: TimelineKey): Promise<number> {
  return timeline.threadId === null ? (await readTail(deps, timeline, Infinity)).lastSeq : Message.newestSeq(timeline);
}

/** How the actor stands to one timeline. Whoever calls it has judged that they may read it. */
export async function readState(deps: Pick<Deps, 'tails'>, actor: Actor, timeline: TimelineKey): Promise<ReadStateView> {
  const stored = await ReadMark.at(actor.memberId, timeline);
  const tail = await readTail(deps, timeline, stored?.readSeq ?? Infinity);
  const mark = stored ?? unmarked(tail.lastSeq);
  const [counts = { unread: 0, mentions: 0 }] = await countReading(actor, [{ timeline, readSeq: mark.readSeq, ownUntil: mark.ownUntil ?? 0, tail }]);
  return viewReadState(timeline, mark, tail.lastSeq, counts);
}

/** How the actor stands to a timeline after they changed it: told to all their connections, and answered. */
export async function tellState(deps: Pick<Deps, 'tails' | 'publish'>, actor: Actor, timeline: TimelineKey): Promise<ReadStateView> {
  const state = await readState(deps, actor, timeline);
  deps.publish(memberChannel(actor.memberId), reading.changed, state);
  return state;
}
