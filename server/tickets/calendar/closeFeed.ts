import type { Actor } from '../../access/actor.js';
import { CalendarFeed } from '../../models/calendarFeed.js';

/** Closes the actor's calendar feed: its address answers no more. Closing twice is harmless. */
export async function closeFeed(actor: Actor): Promise<Record<string, never>> {
  await CalendarFeed.deleteOne({ _id: actor.memberId });
  return {};
}
