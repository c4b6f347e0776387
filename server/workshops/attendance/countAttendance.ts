/** What members' presence in workshops comes to, counted from their stays. */
import type { WorkshopDocument } from '../../models/workshop.js';
import { mergeStays, percentPresent, secondsLive, secondsPresent, type Interval, type LiveSpan, type Stay } from './mergeStays.js';

/** One member's presence in one workshop. */
export interface Counted {
  intervals: Interval[];
  seconds: number;
  percent: number;
}

/** When a workshop was live; null when it has not been yet. */
export function liveSpan({ liveAt, endedAt }: Pick<WorkshopDocument, 'liveAt' | 'endedAt'>): LiveSpan | null {
  return liveAt && { liveAt, endedAt };
}

/** One member's stays in a workshop, counted. */
export function countStays(stays: readonly Stay[], live: LiveSpan, now: Date): Counted {
  const intervals = mergeStays(stays, live, now);
  const seconds = secondsPresent(intervals, now);
  return { intervals, seconds, percent: percentPresent(seconds, secondsLive(live, now)) };
}

/** Everybody who was there while the workshop was live, by member id, in the order in which they first came. */
export function countEverybody(stays: readonly (Stay & { memberId: unknown })[], live: LiveSpan, now: Date): Map<string, Counted> {
  const byMember = sortOut(stays, (stay) => String(stay.memberId));
  const counted = [...byMember].map(([memberId, own]): [string, Counted] => [memberId, countStays(own, live, now)]);
  return new Map(counted.filter(([, { intervals }]) => intervals.length > 0));
}

/** The same, apart by what `keyOf` says of each. */
export function sortOut<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const apart = new Map<string, T[]>();
  for (const one of all) {
    const together = apart.get(keyOf(one));
    if (together) together.push(one);
    else apart.set(keyOf(one), [one]);
  }
  return apart;
}
