/** Moments as letters write them: in the reader's own zone, and with that zone's name, for a letter does not know where it is read. */
import { z } from 'zod';

/** A zone by its name in the IANA database, as `Europe/Berlin`. */
export const TimeZone = z.string().max(64).refine(isTimeZone, 'a time zone is named as in the IANA database');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** `Monday, March 1, 2027 at 7:00 PM GMT+1`. */
export function writeMoment(at: Date, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short', timeZone }).format(at);
}

/** `March 1, 2027`, the day that it is in the zone. */
export function writeDay(at: Date, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at);
}

/** The zone of whoever never said theirs. */
export const defaultZone = 'UTC';
