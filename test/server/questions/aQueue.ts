/** A workshop with its people, and their queue as a client holds it. */
import { randomUUID } from 'node:crypto';
import { count, emptyBook, hear, relist, settle, takeMyVotes, votedIn, withdraw, byAge, type QuestionBook } from '../../../client/questions/questionBook.js';
import type { Push } from '../../../shared/define.js';
import { questions, type AskQuestion, type QuestionView } from '../../../shared/contracts/live/questions.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import type { House } from '../../support/house.js';
import type { Keeper } from '../verifying/clientModel.js';
import { dataOf, publish, ticketHolder } from '../workshops/aWorkshop.js';

export interface AQueue {
  workshopId: string;
  roomId: string;
  host: Guest;
  coHost: Guest;
  organizer: Guest;
  asker: Guest;
  listener: Guest;
  /** Asks as the asker, unless told otherwise. */
  ask(text?: string, more?: Partial<AskQuestion>, by?: Guest): Promise<QuestionView>;
  at(question: { id: string }): { workshopId: string; questionId: string };
}

/** Opens a workshop whose people are inside. */
export async function openQueue(house: House): Promise<AQueue> {
  const [host, coHost] = await Promise.all([house.guest({ role: 'host' }), house.guest({ role: 'host' })]);
  const { workshop, organizer } = await publish(house, { hostIds: [host.id, coHost.id] });
  const workshopId = workshop.id;
  const [asker, listener] = await Promise.all([ticketHolder(house, workshopId), ticketHolder(house, workshopId)]);
  for (const reply of await Promise.all([host, coHost, organizer, asker, listener].map((guest) => guest.call(workshops.enter, { workshopId })))) dataOf(reply);
  return {
    workshopId, roomId: workshop.roomId, host, coHost, organizer, asker, listener,
    at: ({ id }) => ({ workshopId, questionId: id }),
    ask: async (text = 'Why is it called a stream?', more = {}, by = asker) => dataOf(await by.call(questions.ask, { workshopId, clientQuestionId: randomUUID(), text, ...more })),
  };
}

/** The queue of one workshop as the client keeps it: by its own book, from what it asks for and what it is pushed. */
export function queueKeeper(workshopId: string): Keeper<QuestionBook> {
  return {
    name: 'the queue',
    fetch: async (guest) => relist(emptyBook, dataOf(await guest.call(questions.list, { workshopId }))),
    hear(held, heard) {
      const told = <P extends Push>(push: P): ReturnType<P['data']['parse']> | null => (push.name === heard.name ? (push.data.parse(heard.data) as ReturnType<P['data']['parse']>) : null);
      const [changed, gone, voted, mine, settled] = [told(questions.changed), told(questions.withdrawn), told(questions.voted), told(questions.myVote), told(questions.queueChanged)];
      if (changed) return hear(held, changed);
      if (gone) return withdraw(held, gone);
      if (voted) return count(held, voted);
      if (mine) return takeMyVotes(held, mine.myVotes);
      return settled ? settle(held, settled) : held;
    },
  };
}

/** What a client shows of its book: everything but the numbers under which it was told. */
export function shownOf(book: QuestionBook): unknown {
  return { questions: byAge(book).map(({ rev: _, ...question }) => question), voted: [...votedIn(book)].toSorted(), settings: book.settings?.settings };
}
