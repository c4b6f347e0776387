/** The lines of a conversation's list: what is stored, and what is on its way. Pure. */
import type { MessageView } from '../../shared/contracts/messages.js';
import type { Timeline } from './timeline.js';

/** A line of the list: a stored message, or one of mine on its way. */
export type Entry<P> = { kind: 'stored'; key: string; message: MessageView } | { kind: 'pending'; key: string; pending: P };

const kept = new WeakMap<MessageView, Entry<never>>();

/** The entry of a message is always the same one, so that a list draws anew only what has changed. */
function entryOf(message: MessageView): Entry<never> {
  const known = kept.get(message);
  if (known !== undefined) return known;
  const entry: Entry<never> = { kind: 'stored', key: message.author.id + message.clientMessageId, message };
  kept.set(message, entry);
  return entry;
}

/**
 * The list as it is shown: the stretch, then my own messages that are stored beyond a gap, then those on their way.
 * A bubble and the message it becomes have one key, so that the one turns into the other in place. In a window of the
 * past nothing is on its way.
 */
export function listEntries<P extends { clientMessageId: string }>(timeline: Timeline, pendings: readonly P[], myId: string): Entry<P>[] {
  const stored = [...timeline.messages, ...timeline.ahead.filter((message) => message.author.id === myId && timeline.top !== null)];
  const mine = new Set(stored.filter((message) => message.author.id === myId).map((message) => message.clientMessageId));
  const waiting = timeline.isLive ? pendings.filter((pending) => !mine.has(pending.clientMessageId)) : [];
  return [
    ...stored.map(entryOf),
    ...waiting.map((pending): Entry<P> => ({ kind: 'pending', key: myId + pending.clientMessageId, pending })),
  ];
}
