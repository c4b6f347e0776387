import { StoreFailure } from '../../failures.js';

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * A zone's offset from UTC at an instant, in milliseconds.
 * @param zone "UTC", "+05:30", "-03", or an Olson name such as "Europe/Paris"; undefined is UTC
 * @throws 40485 for an unknown zone
 */
export function zoneOffset(zone: string | undefined, at: Date): number {
  if (zone === undefined || /^(?:UTC|GMT|Z)$/i.test(zone)) return 0;
  const fixed = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (fixed !== null) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * 60_000;
  const parts = Object.fromEntries(formatter(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)])) as Record<string, number>;
  const local = Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'], parts['hour'], parts['minute'], parts['second']);
  return local - Math.floor(at.getTime() / 1000) * 1000;
}

function formatter(zone: string): Intl.DateTimeFormat {
  let known = formatters.get(zone);
  if (known === undefined) {
    try {
      known = new Intl.DateTimeFormat('en-US', {
        timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
      });
    } catch {
      throw new StoreFailure(40485, `unrecognized time zone identifier: "${zone}"`);
    }
    formatters.set(zone, known);
  }
  return known;
}

/** The instant shifted so that its UTC fields read as the zone's local ones. */
export function toLocal(date: Date, zone: string | undefined): Date {
  return new Date(date.getTime() + zoneOffset(zone, date));
}

/** The instant whose local fields in the zone are the given date's UTC fields. */
export function fromLocal(local: Date, zone: string | undefined): Date {
  const guess = new Date(local.getTime() - zoneOffset(zone, local));
  return new Date(local.getTime() - zoneOffset(zone, guess));
}
