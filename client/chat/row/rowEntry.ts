/** What a line of the list says of itself, stored or on its way. Pure. */
import type { PersonView } from '../../../shared/contracts/members.js';
import type { QuoteView } from '../../../shared/contracts/messages.js';
import type { Entry } from '../entries.js';
import type { Pending } from '../outbox.js';
import type { Callable } from '../text/mentions.js';

/** Messages of one author within this span stand under one name. */
const groupMs = 5 * 60_000;

export function authorOf(entry: Entry<Pending>, me: PersonView): PersonView {
  return entry.kind === 'stored' ? entry.message.author : me;
}

/** When it was written (ms). */
export function timeOf(entry: Entry<Pending>): number {
  return entry.kind === 'stored' ? Date.parse(entry.message.sentAt) : entry.pending.writtenAt;
}

/** What it answers, as it came with it. */
export function quoteOf(entry: Entry<Pending>): QuoteView | null {
  return entry.kind === 'stored' ? entry.message.replyTo : entry.pending.replyTo;
}

/** Whom a bubble calls, in the shape of what is stored. */
export function calledBy({ people, mentions }: Pending): Callable {
  return { people, room: mentions.room, tierKeys: mentions.tierKeys };
}

export function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** Whether it stands beneath the one before, without a name of its own. A reply begins anew, for its quote stands above it. */
export function follows(entry: Entry<Pending>, previous: Entry<Pending> | undefined, me: PersonView): boolean {
  if (previous === undefined || quoteOf(entry) !== null) return false;
  return authorOf(previous, me).id === authorOf(entry, me).id && timeOf(entry) - timeOf(previous) <= groupMs && isSameDay(timeOf(previous), timeOf(entry));
}
