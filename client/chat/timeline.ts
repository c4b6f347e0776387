/**
 * What is known of a timeline: a gapless stretch that rises by `seq`, what was told ahead of a gap, and how far the
 * changes of its messages are known. The stretch stands at the live end or, after a jump, on a window of the past.
 *
 * Pure: every function answers a new timeline. Pushes, replies, history and changes may come in any order and any number
 * of times; each message ends in the stretch once, in its place, in the newest version that was told.
 */
import type { ChangesView, HistoryView } from '../../shared/contracts/chat.js';
import type { MessageView, MyReactions, QuoteView } from '../../shared/contracts/messages.js';
import { excerptOf } from '../../shared/excerpt.js';

export interface Timeline {
  /** Gapless, rising by `seq`. */
  readonly messages: readonly MessageView[];
  /** The newest `seq` of the stretch; 0 in an empty timeline; null until the first page is there. */
  readonly top: number | null;
  /** Told, but something before them is missing; rising by `seq`. Empty in a window of the past. */
  readonly ahead: readonly MessageView[];
  /** The newest `seq` that is known to be stored. */
  readonly latest: number;
  /** There is more above the stretch. */
  readonly hasOlder: boolean;
  /** The stretch reaches to the live end; else it is a window of the past, with more below it. */
  readonly isLive: boolean;
  /** Counts the stretches: another one is shown by a list that starts anew. */
  readonly stretch: number;
  /** Changed messages outside of the stretch, by id: replies within it may quote them. */
  readonly aside: ReadonlyMap<string, MessageView>;
  /** What the reader reacted with, by message. */
  readonly mine: ReadonlyMap<string, MyReactions>;
  /** All changes of the room up to this `rev` are in the stretch; null until the first page is there. */
  readonly rev: number | null;
  /** The newest `rev` that was heard of. */
  readonly toldRev: number;
}

export const emptyTimeline: Timeline = {
  messages: [], top: null, ahead: [], latest: 0, hasOlder: false, isLive: true, stretch: 0, aside: new Map(), mine: new Map(), rev: null, toldRev: 0,
};

/** Puts higher versions in the place of what the stretch holds. */
function renew(timeline: Timeline, told: readonly MessageView[]): Timeline {
  const first = timeline.messages[0]?.seq;
  if (first === undefined) return timeline;
  let messages: MessageView[] | null = null;
  for (const message of told) {
    const index = message.seq - first;
    const held = (messages ?? timeline.messages)[index];
    if (held === undefined || held.version >= message.version) continue;
    messages ??= [...timeline.messages];
    messages[index] = message;
  }
  return messages === null ? timeline : { ...timeline, messages };
}

/** So many changed messages outside of the stretch are remembered. */
const asideMax = 500;

/** Remembers what changed outside of the stretch. */
function setAside(timeline: Timeline, told: readonly MessageView[]): Timeline {
  const isOutside = ({ seq, version }: MessageView): boolean => version > 0 && messageAt(timeline, seq) === undefined;
  const news = told.filter((message) => isOutside(message) && newestOf(timeline.aside.get(message.id), message) === message);
  if (news.length === 0) return timeline;
  const all = [...timeline.aside, ...news.map((message) => [message.id, message] as const)];
  return { ...timeline, aside: new Map(all.slice(-asideMax)) };
}

function newestOf(before: MessageView | undefined, next: MessageView): MessageView {
  return before !== undefined && before.version >= next.version ? before : next;
}

/** Moves whatever now follows the stretch into it, and keeps what is further ahead. */
function settleAhead(timeline: Timeline, told: readonly MessageView[]): Timeline {
  const { top } = timeline;
  const bySeq = new Map(timeline.ahead.map((message) => [message.seq, message]));
  for (const message of told) if (top === null || message.seq > top) bySeq.set(message.seq, newestOf(bySeq.get(message.seq), message));
  const rising = [...bySeq.values()].toSorted((a, b) => a.seq - b.seq);
  if (top === null) return { ...timeline, ahead: rising };
  const next: MessageView[] = [];
  const ahead: MessageView[] = [];
  for (const message of rising) {
    if (message.seq === top + next.length + 1) next.push(message);
    else if (message.seq > top) ahead.push(message);
  }
  return { ...timeline, messages: next.length === 0 ? timeline.messages : [...timeline.messages, ...next], top: top + next.length, ahead };
}

/** Takes in messages by whatever road they came: a push, the reply to an act, or history. */
export function tell(timeline: Timeline, told: readonly MessageView[]): Timeline {
  const renewed = setAside(renew(timeline, told), told);
  const { top } = renewed;
  const beyond = told.filter((message) => top === null || message.seq > top);
  if (beyond.length === 0) return renewed;
  const latest = Math.max(renewed.latest, ...beyond.map((message) => message.seq));
  // A window of the past loads what follows it page by page; it only has to know that there is more.
  return renewed.isLive ? settleAhead({ ...renewed, latest }, beyond) : { ...renewed, latest };
}

/** Takes in what the reader reacted with; of two the one of the higher version is true. */
export function tellMine(timeline: Timeline, told: readonly MyReactions[]): Timeline {
  const news = told.filter(({ messageId, version }) => (timeline.mine.get(messageId)?.version ?? -1) < version);
  if (news.length === 0) return timeline;
  return { ...timeline, mine: new Map([...timeline.mine, ...news.map((mine) => [mine.messageId, mine] as const)]) };
}

/** A page names the reader's reactions only where there are any: where it names none, there are none. */
function mineOf({ messages, mine }: Pick<HistoryView, 'messages' | 'mine'>): MyReactions[] {
  const named = new Map(mine.map((one) => [one.messageId, one]));
  return messages.map(({ id, version }) => named.get(id) ?? { messageId: id, version, emojis: [] });
}

/** Hears how far the timeline and the room's changes have come, as the reply to joining tells. */
export function tellNewest(timeline: Timeline, { lastSeq, rev }: { lastSeq: number; rev: number }): Timeline {
  if (lastSeq <= timeline.latest && rev <= timeline.toldRev) return timeline;
  return { ...timeline, latest: Math.max(timeline.latest, lastSeq), toldRev: Math.max(timeline.toldRev, rev) };
}

/** Takes in a page without beginning a new stretch with it. */
function absorb(timeline: Timeline, page: HistoryView): Timeline {
  const told = tellNewest(tellMine(tell(timeline, page.messages), mineOf(page)), page);
  // Changes that were heard of before this page was read are in it; later ones may have passed it by.
  return told.rev === null || told.rev <= page.rev ? told : { ...told, rev: page.rev };
}

function stand(timeline: Timeline, page: HistoryView, isLive: boolean): Timeline {
  const top = page.messages.at(-1)?.seq ?? 0;
  const bare = { ...timeline, messages: page.messages, top, hasOlder: page.hasMore, isLive, stretch: timeline.stretch + 1, rev: page.rev };
  const told = tellNewest(tellMine(bare, mineOf(page)), page);
  return isLive ? settleAhead(told, timeline.ahead) : { ...told, ahead: [] };
}

/** Takes in the newest page: the first one, the way back from a window, or a new beginning after a gap too wide to fill. */
export function begin(timeline: Timeline, page: HistoryView): Timeline {
  const top = page.messages.at(-1)?.seq ?? 0;
  if (timeline.isLive && timeline.top !== null && timeline.top >= top) return absorb(timeline, page);
  return stand(timeline, page, true);
}

/** Takes in the page around a message: a window of the past, unless it reaches to the end. */
export function standAround(timeline: Timeline, page: HistoryView): Timeline {
  return stand(timeline, page, !page.hasNewer);
}

/**
 * Takes in the page after `after`, by which a gap is filled or a window grows until it meets the live end. Of one that was
 * asked for where the stretch no longer ends, only news of what is held are taken.
 */
export function append(timeline: Timeline, after: number, page: HistoryView): Timeline {
  const { top } = timeline;
  if (timeline.isLive || top === null || top !== after) return absorb(timeline, page);
  const grown = { ...timeline, messages: [...timeline.messages, ...page.messages], top: top + page.messages.length, isLive: !page.hasMore };
  return absorb(grown, page);
}

/** Takes in the page before `before`; one that was asked for where the stretch does not begin is left aside likewise. */
export function prepend(timeline: Timeline, before: number, page: HistoryView): Timeline {
  if (timeline.messages[0]?.seq !== before) return absorb(timeline, page);
  return absorb(letGo({ ...timeline, messages: [...page.messages, ...timeline.messages], hasOlder: page.hasMore }), page);
}

/** So many messages are held, and no more, however far up somebody reads. */
const heldMax = 2_000;

/** Lets the newest go where too many are held: whoever reads that far up stands in a window of the past from now on. */
function letGo(timeline: Timeline): Timeline {
  if (timeline.messages.length <= heldMax) return timeline;
  const messages = timeline.messages.slice(0, heldMax);
  return { ...timeline, messages, top: messages.at(-1)?.seq ?? 0, ahead: [], isLive: false };
}

/** Takes in a push of changes. @param told - the messages of this timeline among those that changed under `firstRev` to `rev`. */
export function tellChanged(timeline: Timeline, change: { firstRev: number; rev: number }, told: readonly MessageView[]): Timeline {
  const changed = tell(timeline, told);
  const follows = changed.rev !== null && change.firstRev <= changed.rev + 1 && change.rev > changed.rev;
  if (!follows && change.rev <= changed.toldRev) return changed;
  return { ...changed, rev: follows ? change.rev : changed.rev, toldRev: Math.max(changed.toldRev, change.rev) };
}

/** Takes in the answer to what changed after `after`. */
export function takeChanges(timeline: Timeline, after: number, view: ChangesView, told: readonly MessageView[]): Timeline {
  const changed = tellMine(tell(timeline, told), mineOf({ messages: view.messages, mine: view.mine }));
  const { rev } = changed;
  return { ...changed, rev: rev !== null && rev >= after ? Math.max(rev, view.rev) : rev, toldRev: Math.max(changed.toldRev, view.rev) };
}

/** Something between the stretch and the newest message is missing: history after `top` has to be asked. */
export function hasGap(timeline: Timeline): boolean {
  return timeline.isLive && timeline.top !== null && timeline.top < timeline.latest;
}

/** Changes were heard of that are not in the stretch yet: those after `rev` have to be asked. */
export function isBehind(timeline: Timeline): boolean {
  return timeline.rev !== null && timeline.rev < timeline.toldRev;
}

/** A quote as what it quotes is now, as far as that is known. */
export function quoteNow(timeline: Timeline, quote: QuoteView): QuoteView {
  const held = messageAt(timeline, quote.seq);
  const known = held?.id === quote.id ? held : timeline.aside.get(quote.id);
  if (known === undefined || known.version <= quote.version) return quote;
  return { ...quote, version: known.version, excerpt: excerptOf(known.text) };
}

/** The message at `seq`, where the stretch holds it. */
export function messageAt(timeline: Timeline, seq: number): MessageView | undefined {
  return timeline.messages[seq - (timeline.messages[0]?.seq ?? 0)];
}
