import type { FeedView } from '../../../shared/contracts/tickets/calendar.js';
import type { Actor } from '../../access/actor.js';
import { CalendarFeed } from '../../models/calendarFeed.js';
import { viewFeed } from './viewFeed.js';

/** The actor's own calendar feed; null where none is open. */
export async function showFeed(actor: Actor): Promise<FeedView | null> {
  const feed = await CalendarFeed.findById(actor.memberId).lean();
  return feed && viewFeed(feed);
}
