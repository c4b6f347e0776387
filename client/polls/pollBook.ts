/** What is known of a workshop's polls: of each the newest, whatever the order in which news arrives. Pure. */
import type { MyVote, PollFacts, PollResults, PollView } from '../../shared/contracts/live/polls.js';

export interface PollBook {
  known: ReadonlyMap<string, PollView>;
  /** Drafts that were thrown away, so that older news does not bring them back. */
  gone: ReadonlySet<string>;
}

export const emptyBook: PollBook = { known: new Map(), gone: new Set() };

/** Takes a poll as it was told, apart from the member's own vote; older news than what is known changes nothing. */
export function hear(book: PollBook, facts: PollFacts): PollBook {
  const before = book.known.get(facts.id);
  if (book.gone.has(facts.id) || facts.version < (before?.version ?? 0)) return book;
  return put(book, { ...facts, results: newer(before?.results ?? null, facts.results), mine: before?.mine ?? null });
}

/** Takes new results, unless the poll has changed since they were counted: then they may be hidden by now. */
export function count(book: PollBook, told: { pollId: string; version: number; results: PollResults }): PollBook {
  const before = book.known.get(told.pollId);
  if (!before || told.version < before.version) return book;
  return put(book, { ...before, results: newer(before.results, told.results) });
}

/** Takes the member's own vote, as this or another device of theirs cast it. */
export function vote(book: PollBook, told: { pollId: string; mine: MyVote }): PollBook {
  const before = book.known.get(told.pollId);
  if (!before || told.mine.turn <= (before.mine?.turn ?? 0)) return book;
  return put(book, { ...before, mine: told.mine });
}

/** Takes away a draft that was thrown away. */
export function remove(book: PollBook, { pollId }: { pollId: string }): PollBook {
  const known = new Map(book.known);
  known.delete(pollId);
  return { known, gone: new Set(book.gone).add(pollId) };
}

/** The whole list as asked for, at the begin of a (re)connection: what is not in it is gone. News told since the asking is replayed over it by the caller. */
export function relist(book: PollBook, list: readonly PollView[]): PollBook {
  return { known: new Map(list.map((poll) => [poll.id, poll])), gone: book.gone };
}

/** The oldest first, as they were written. */
export function byAge(book: PollBook): PollView[] {
  return [...book.known.values()].sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
}

function put(book: PollBook, poll: PollView): PollBook {
  return { ...book, known: new Map(book.known).set(poll.id, poll) };
}

/** Null, which says that they are hidden, is the newer of two; else what counts more casts. */
function newer(before: PollResults | null, told: PollResults | null): PollResults | null {
  return before && told && before.casts > told.casts ? before : told;
}
