import type { Ground } from '../../ground.js';
import { readNewest, type CountedMessage } from '../../models/reading/messageCounts.js';
import { roomNewsTopic, type RoomNews } from '../roomNews.js';

/** The end of a room's own timeline, as far as counting goes. */
export interface Tail {
  lastSeq: number;
  /** The newest messages, rising by `seq`, without gaps. */
  messages: readonly CountedMessage[];
}

/**
 * The ends of the rooms' timelines, kept on this node: whoever asks what is unread in a hundred rooms asks for the same
 * hundred ends as everybody else. They are read from the store when they are asked for; news of a room says that it must
 * be read again, never what would be found. While nodes cannot hear each other nothing is kept.
 */
export interface Tails {
  /** @param from - of each room, after which `seq` its end is asked for. No more of it is read than that, and no more than `tailLength`. */
  of(from: ReadonlyMap<string, number>): Promise<Map<string, Tail>>;
}

/** So many messages of a room are kept at most: more than are counted, for some of them are deleted or one's own. */
export const tailLength = 256;
/** So many are read of a room that nobody asked for yet: most members have read nearly all of it. */
const firstLength = 16;
/** So many rooms are kept; those asked for longest ago go first. */
const roomsMax = 2_000;

interface Entry {
  /** How often there was news of the room, and how often of a change. */
  news: number;
  changes: number;
  known: Known | null;
  reading: { news: number; after: number; tail: Promise<Tail> } | null;
}

/** A tail with what was known of the news before it was read. */
interface Known {
  tail: Tail;
  news: number;
  changes: number;
}

export function createTails({ bus }: Pick<Ground, 'bus'>): Tails {
  const entries = new Map<string, Entry>();
  bus.onRestored(() => entries.clear());
  // A node that was killed may have stored a message and told nobody.
  bus.subscribe('opened', () => entries.clear());
  bus.subscribe(roomNewsTopic, (data) => {
    const { roomId, isChange } = data as RoomNews;
    const entry = entries.get(roomId);
    if (!entry) return;
    entry.news += 1;
    if (isChange) entry.changes += 1;
  });

  const look = (roomId: string, after: number): Promise<Tail> => {
    const entry = entryOf(entries, roomId);
    const { known, reading, news } = entry;
    if (known?.news === news && reaches(known.tail, after) && bus.isUp()) return Promise.resolve(known.tail);
    return reading?.news === news && reading.after <= after ? reading.tail : lookAgain(entry, roomId, after);
  };
  return {
    async of(from) {
      return new Map(await Promise.all([...from].map(async ([roomId, after]): Promise<[string, Tail]> => [roomId, await look(roomId, after)])));
    },
  };
}

/** The room's entry, made where there is none; it is now the one asked for last. */
function entryOf(entries: Map<string, Entry>, roomId: string): Entry {
  const entry = entries.get(roomId) ?? { news: 0, changes: 0, known: null, reading: null };
  entries.delete(roomId);
  entries.set(roomId, entry);
  for (const [oldest] of entries) {
    if (entries.size <= roomsMax) break;
    entries.delete(oldest);
  }
  return entry;
}

/** Reads the room's end from the store. News that come meanwhile are not in what is read, so they leave it to be read again. */
function lookAgain(entry: Entry, roomId: string, after: number): Promise<Tail> {
  const { known, news, changes } = entry;
  const tail = readTail(roomId, known?.changes === changes ? known.tail : null, after);
  const own = { news, after, tail };
  entry.reading = own;
  const settle = (found: Tail | null): void => {
    if (entry.reading === own) entry.reading = null;
    if (found && news >= (entry.known?.news ?? 0)) entry.known = { tail: found, news, changes };
  };
  tail.then(settle, () => settle(null));
  return tail;
}

/** Whether a tail goes back to a `seq`, or as far as any does. */
function reaches({ lastSeq, messages }: Tail, after: number): boolean {
  return (messages[0]?.seq ?? lastSeq + 1) <= Math.max(after, lastSeq - tailLength) + 1;
}

/** Reads what came after a tail that still holds, or a new one, and as much before it as is asked for. */
async function readTail(roomId: string, before: Tail | null, after: number): Promise<Tail> {
  const timeline = { roomId, threadId: null };
  const added = before ? await readNewest(timeline, tailLength, { after: before.lastSeq }) : await readNewest(timeline, firstLength);
  const isNext = before !== null && (added.length === 0 || added[0]?.seq === before.lastSeq + 1);
  const messages = isNext ? [...before.messages, ...added].slice(-tailLength) : added;
  const tail = { lastSeq: messages.at(-1)?.seq ?? 0, messages };
  const first = messages[0];
  if (!first || reaches(tail, after)) return tail;
  const older = await readNewest(timeline, tailLength, { after: Math.max(after, tail.lastSeq - tailLength), before: first.seq });
  return { ...tail, messages: [...older, ...messages] };
}
