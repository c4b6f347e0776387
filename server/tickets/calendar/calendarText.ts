/** Workshops as calendars read them: iCalendar, https://www.rfc-editor.org/rfc/rfc5545 */
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { WorkshopDocument } from '../../models/workshop.js';

/** A workshop, and when what is told of it last changed. */
export interface CalendarEntry {
  workshop: Pick<WorkshopDocument, '_id' | 'title' | 'summary' | 'startsAt' | 'minutes' | 'state' | 'cancellation' | 'revision'>;
  changedAt: Date;
}

/** How often a calendar is asked to look again, in seconds. */
const lookAgainSeconds = 3_600;

/**
 * The text of an iCalendar object. A workshop keeps its UID; its SEQUENCE rises with each change, so that a calendar
 * replaces what it has. The same entries are the same text.
 *
 * @param name - the calendar's, for one that is subscribed to; null for a file.
 */
export function calendarText(entries: readonly CalendarEntry[], publicUrl: string, name: string | null = null): string {
  const method = ICalCalendarMethod.PUBLISH;
  const subscribed = name === null ? {} : { name: plain(name), ttl: lookAgainSeconds };
  const calendar = ical({ prodId: { company: 'Guildhall', product: 'Workshops', language: 'EN' }, method, ...subscribed });
  for (const { workshop, changedAt } of entries) {
    const { _id, title, summary, startsAt, minutes, cancellation, revision = 0 } = workshop;
    calendar.createEvent({
      id: `${String(_id)}@guildhall`,
      sequence: revision,
      stamp: changedAt,
      start: startsAt,
      end: new Date(startsAt.getTime() + minutes * 60_000),
      summary: plain(title),
      description: plain([cancellation?.reason, summary].filter(Boolean).join('\n\n')),
      url: `${publicUrl}/workshops/${String(_id)}`,
      status: workshop.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  // Every line ends with its break, the last one too (section 3.1).
  return `${calendar.toString()}\r\n`;
}

/** Control characters have no form in a calendar (section 3.3.11): a line break is escaped, any other gives way to a blank. */
function plain(text: string): string {
  return text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(/[^\P{Cc}\n]/gu, ' ');
}
