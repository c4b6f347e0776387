import { attendanceLeaseMs, type StayDocument } from '../../models/attendance.js';

/** What of a stay the intervals follow from. */
export type Stay = Pick<StayDocument, 'joinedAt' | 'lastSeenAt' | 'leftAt' | 'leaveReason'>;

/** One stretch of presence; `leftAt` is null while it goes on. */
export interface Interval {
  joinedAt: Date;
  leftAt: Date | null;
}

/** A stretch in milliseconds since 1970; `bridged` is until when a new stay still belongs to it. */
interface Stretch {
  from: number;
  to: number;
  isOpen: boolean;
  bridged: number;
}

/**
 * Makes one member's stays, in any order and on however many tabs, devices and nodes, into intervals that do not touch.
 *
 * A stay whose lease has run out ended at its last sign of life. One that was lost, not left, goes on if the member is
 * back within the lease: a reload or a dropped network does not cut it. Nothing counts after the workshop's end.
 *
 * @param endedAt - the workshop's end; null while it is not over.
 */
export function mergeStays(stays: readonly Stay[], endedAt: Date | null, now: Date): Interval[] {
  const inTime = stays.filter((stay) => endedAt === null || stay.joinedAt < endedAt);
  const stretches = inTime.map((stay) => stretchOf(stay, endedAt, now));
  stretches.sort((a, b) => a.from - b.from);
  const merged: Stretch[] = [];
  for (const stretch of stretches) {
    const last = merged.at(-1);
    if (!last || stretch.from > last.bridged) merged.push(stretch);
    else merged[merged.length - 1] = join(last, stretch);
  }
  return merged.map(({ from, to, isOpen }) => ({ joinedAt: new Date(from), leftAt: isOpen ? null : new Date(to) }));
}

function stretchOf(stay: Stay, endedAt: Date | null, now: Date): Stretch {
  const end = endedAt?.getTime() ?? Infinity;
  const seen = stay.lastSeenAt.getTime();
  const hasLease = now.getTime() - seen < attendanceLeaseMs;
  const isOpen = stay.leftAt === null && hasLease && endedAt === null;
  const wasLost = stay.leftAt === null ? !hasLease : stay.leaveReason === 'lost';
  const to = Math.min(end, stay.leftAt?.getTime() ?? (hasLease ? now.getTime() : seen));
  return { from: stay.joinedAt.getTime(), to, isOpen, bridged: isOpen ? Infinity : to + (wasLost ? attendanceLeaseMs : 0) };
}

function join(first: Stretch, next: Stretch): Stretch {
  return { from: first.from, to: Math.max(first.to, next.to), isOpen: first.isOpen || next.isOpen, bridged: Math.max(first.bridged, next.bridged) };
}

/** Whole seconds present, all intervals together; one that goes on counts until now. */
export function secondsPresent(intervals: readonly Interval[], now: Date): number {
  const milliseconds = intervals.reduce((sum, { joinedAt, leftAt }) => sum + (leftAt ?? now).getTime() - joinedAt.getTime(), 0);
  return Math.max(0, Math.floor(milliseconds / 1000));
}
