/** A workshop as a calendar entry. RFC 5545, https://www.rfc-editor.org/rfc/rfc5545 */

/** What a calendar needs to know; `startsAt` is an ISO time, `minutes` the length. */
export interface CalendarEntry {
  id: string;
  title: string;
  summary: string;
  startsAt: string;
  minutes: number;
  url: string;
}

/** The text of an .ics file with one event. `now` stamps it. */
export function calendarFile(entry: CalendarEntry, now: Date): string {
  const start = new Date(entry.startsAt);
  const end = new Date(start.getTime() + entry.minutes * 60_000);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Guildhall//Workshops//EN',
    'BEGIN:VEVENT',
    `UID:${entry.id}@guildhall`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(end)}`,
    `SUMMARY:${escape(entry.title)}`,
    `DESCRIPTION:${escape(entry.summary)}`,
    `URL:${entry.url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ].map(fold).join('\r\n') + '\r\n';
}

function stamp(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function escape(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

/** No line is longer than 75 octets; one that would be goes on behind a space (section 3.1). */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > 75) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
