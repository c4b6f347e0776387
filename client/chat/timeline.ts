/**
 * What is known of a room's messages: a gapless stretch that rises by `seq`, and what was told ahead of a gap.
 * Pure: every function answers a new timeline. Pushes, replies and history may come in any order and any number of
 * times; each message ends in the stretch once, in its place.
 */
import type { HistoryView } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';

export interface Timeline {
  /** Gapless, rising by `seq`. */
  readonly messages: readonly MessageView[];
  /** The newest `seq` of the stretch; 0 in an empty room; null until the first page is there. */
  readonly top: number | null;
  /** Told, but something before them is missing; rising by `seq`. */
  readonly ahead: readonly MessageView[];
  /** There is more above the stretch. */
  readonly hasOlder: boolean;
  /** The `seq` the stretch was begun with: another one is another stretch, and a list of it starts anew at its end. */
  readonly begunWith: number | null;
}

export const emptyTimeline: Timeline = { messages: [], top: null, ahead: [], hasOlder: false, begunWith: null };

/** Moves whatever now follows the stretch into it; drops what it already holds. */
function settleAhead(timeline: Timeline, told: readonly MessageView[]): Timeline {
  const bySeq = new Map([...timeline.ahead, ...told].map((message) => [message.seq, message]));
  const rising = [...bySeq.values()].toSorted((a, b) => a.seq - b.seq);
  if (timeline.top === null) return { ...timeline, ahead: rising };
  let top = timeline.top;
  const next: MessageView[] = [];
  const ahead: MessageView[] = [];
  for (const message of rising) {
    if (message.seq <= top) continue;
    if (message.seq === top + 1) {
      next.push(message);
      top = message.seq;
    } else ahead.push(message);
  }
  if (next.length === 0 && ahead.length === timeline.ahead.length) return timeline;
  return { ...timeline, messages: next.length === 0 ? timeline.messages : [...timeline.messages, ...next], top, ahead };
}

/** Takes in messages by whatever road they came: a push, the reply to a send, or history after the stretch. */
export function tell(timeline: Timeline, messages: readonly MessageView[]): Timeline {
  return settleAhead(timeline, messages);
}

/** Takes in the room's newest page: the first one, or a new beginning after a gap too wide to fill. */
export function begin(timeline: Timeline, page: HistoryView): Timeline {
  const top = page.messages.at(-1)?.seq ?? 0;
  if (timeline.top !== null && timeline.top >= top) return timeline;
  return settleAhead({ ...timeline, messages: page.messages, top, hasOlder: page.hasMore, begunWith: top }, []);
}

/** Takes in the page above the stretch; one that does not touch it is left aside. */
export function prepend(timeline: Timeline, page: HistoryView): Timeline {
  const first = timeline.messages[0]?.seq;
  if (first === undefined) return timeline;
  const older = page.messages.filter((message) => message.seq < first);
  if (older.length > 0 && older.at(-1)?.seq !== first - 1) return timeline;
  return { ...timeline, messages: [...older, ...timeline.messages], hasOlder: page.hasMore };
}

/** Something between the stretch and what was told is missing: history after `top` has to be asked. */
export function hasGap(timeline: Timeline): boolean {
  return timeline.ahead.length > 0;
}

/** A line of the list: a stored message, or one of mine on its way. */
export type Entry<P> = { kind: 'stored'; key: string; message: MessageView } | { kind: 'pending'; key: string; pending: P };

/**
 * The list as it is shown: the stretch, then my own messages that are stored beyond a gap, then those on their way.
 * A bubble and the message it becomes have one key, so that the one turns into the other in place.
 */
export function listEntries<P extends { clientMessageId: string }>(timeline: Timeline, pendings: readonly P[], myId: string): Entry<P>[] {
  const stored = [...timeline.messages, ...timeline.ahead.filter((message) => message.author.id === myId && timeline.top !== null)];
  const mine = new Set(stored.filter((message) => message.author.id === myId).map((message) => message.clientMessageId));
  const waiting = pendings.filter((pending) => !mine.has(pending.clientMessageId));
  return [
    ...stored.map((message): Entry<P> => ({ kind: 'stored', key: message.author.id + message.clientMessageId, message })),
    ...waiting.map((pending): Entry<P> => ({ kind: 'pending', key: myId + pending.clientMessageId, pending })),
  ];
}
