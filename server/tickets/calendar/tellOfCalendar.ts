import type { Deps } from '../../deps.js';
import { CalendarFeed } from '../../models/calendarFeed.js';

/** For a member's data export: whether their calendar has an address, since when, and when it was last read. */
export function tellOfCalendar(_deps: Deps, memberId: string): Promise<unknown> {
  return CalendarFeed.findById(memberId).select({ _id: 0, openedAt: 1, readAt: 1 }).lean();
}
