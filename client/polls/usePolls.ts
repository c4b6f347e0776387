/** The polls of a workshop, kept true while one is in it. */
import { polls, type PollFacts, type PollView } from '../../shared/contracts/live/polls.js';
import { call, on } from '../api/socket.js';
import { useTold } from '../api/useTold.js';
import { byAge, count, emptyBook, hear, relist, remove, vote, type PollBook } from './pollBook.js';
import { votes } from './votes.js';

export interface Polls {
  /** The oldest first; null until they are known. */
  all: PollView[] | null;
  /** Why they could not be asked for, or null. */
  error: unknown;
  /** Takes what a call answered, ahead of the push that tells everybody. */
  take: (poll: PollFacts) => void;
  /** Takes away a draft that was thrown away. */
  drop: (pollId: string) => void;
}

/** @param entries rises with each entering of the workshop; with each the whole list is asked for again. */
export function usePolls(workshopId: string, entries: number): Polls {
  const { value, error, apply } = useTold<PollBook>(
    entries,
    async (known) => relist(known ?? emptyBook, await call(polls.list, { workshopId })),
    (told) => {
      const here = <D>(news: (book: PollBook, data: D) => PollBook) => (data: D & { workshopId: string }) => {
        if (data.workshopId === workshopId) told((book) => news(book, data));
      };
      return [
        on(polls.changed, here(hear)),
        on(polls.removed, here(remove)),
        on(polls.counted, here(count)),
        on(polls.voted, here(vote)),
        votes.onTaken(({ pollId }, mine) => told((book) => vote(book, { pollId, mine }))),
      ];
    },
  );
  return { all: value && byAge(value), error, take: (poll) => apply((book) => hear(book, poll)), drop: (pollId) => apply((book) => remove(book, { pollId })) };
}
