import type { FeedView } from '../../../shared/contracts/tickets/calendar.js';
import type { CalendarFeedDocument } from '../../models/calendarFeed.js';

/** A feed as its owner sees it. */
export function viewFeed({ openedAt, readAt }: CalendarFeedDocument): FeedView {
  return { openedAt: openedAt.toISOString(), readAt: readAt?.toISOString() ?? null };
}
