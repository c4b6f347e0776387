import { limits } from '../../../shared/limits.js';
import type { Actor } from '../../access/actor.js';
import type { TimelineKey } from '../../models/messages/message.js';
import { countUnread, findCalls, type Called, type CountedMessage, type Span } from '../../models/reading/messageCounts.js';
import { Tier } from '../../models/tier.js';
import type { Tail } from './tails.js';

/** What is to be counted: a timeline's end, and up to where it was read. */
export interface Unread {
  timeline: TimelineKey;
  readSeq: number;
  /** Up to here the member's own messages count too. */
  ownUntil: number;
  tail: Tail;
}

export interface Counts {
  unread: number;
  mentions: number;
}

/**
 * Counts what was not read: messages of others that stand, with them those of this member that they marked unread, and
 * those that call this member, each up to `limits.unreadMax`. Nearly always the ends of the timelines say it all; what lies before them is counted in the store.
 */
export async function countReading(actor: Actor, asked: readonly Unread[]): Promise<Counts[]> {
  const someTier = asked.some(({ tail, readSeq }) => isBehind(tail, readSeq) || tail.messages.some((message) => message.seq > readSeq && message.tierKeys.length > 0));
  const called: Called = { memberId: actor.memberId, tierKey: someTier ? await Tier.keyOfRank(actor.tierRank) : '' };
  const atEnds = asked.map((one) => countEnd(one, called));
  const before = await countBefore(called, asked, atEnds);
  return atEnds.map((counts, place) => {
    const more = before[place] ?? { unread: 0, mentions: 0 };
    return { unread: Math.min(limits.unreadMax, counts.unread + more.unread), mentions: Math.min(limits.unreadMax, counts.mentions + more.mentions) };
  });
}

function countEnd({ tail: { messages }, readSeq, ownUntil }: Unread, called: Called): Counts {
  let unread = 0;
  let mentions = 0;
  for (let place = messages.length - 1; place >= 0; place -= 1) {
    const message = messages[place];
    if (!message || message.seq <= readSeq) break;
    const isOwn = message.authorId === called.memberId;
    if (message.isGone || (isOwn && message.seq > ownUntil)) continue;
    unread += 1;
    if (!isOwn && calls(message, called)) mentions += 1;
  }
  return { unread, mentions };
}

function calls(message: CountedMessage, { memberId, tierKey }: Called): boolean {
  return message.room || message.memberIds.includes(memberId) || message.tierKeys.includes(tierKey);
}

const nameOf = ({ roomId, threadId }: TimelineKey): string => `${roomId} ${threadId}`;

const isBehind = ({ messages }: Tail, readSeq: number): boolean => (messages[0]?.seq ?? 1) > readSeq + 1;

/** Counts what was not read before the ends of the timelines. */
async function countBefore(called: Called, asked: readonly Unread[], atEnds: readonly Counts[]): Promise<(Counts | null)[]> {
  const spans = asked.map(({ tail, readSeq }): Span | null => (isBehind(tail, readSeq) ? { after: readSeq, before: tail.messages[0]?.seq ?? 1 } : null));
  const roomIds = new Set(asked.flatMap(({ timeline }, place) => (spans[place] ? [timeline.roomId] : [])));
  if (roomIds.size === 0) return [];
  const [places, unread] = await Promise.all([
    findCalls(called, [...roomIds]),
    Promise.all(
      asked.map(({ timeline, ownUntil }, place) => {
        const left = limits.unreadMax - (atEnds[place]?.unread ?? 0);
        const span = spans[place];
        return span && left > 0 ? countUnread(timeline, { memberId: called.memberId, ownUntil }, span, left) : Promise.resolve(0);
      }),
    ),
  ]);
  const seqs = new Map<string, number[]>();
  for (const { seq, ...timeline } of places) seqs.set(nameOf(timeline), [...(seqs.get(nameOf(timeline)) ?? []), seq]);
  return asked.map(({ timeline }, place) => {
    const span = spans[place];
    if (!span) return null;
    const mentions = (seqs.get(nameOf(timeline)) ?? []).filter((seq) => seq > span.after && seq < span.before).length;
    return { unread: unread[place] ?? 0, mentions };
  });
}
