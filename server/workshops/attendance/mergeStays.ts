import { attendanceLeaseMs, type StayDocument } from '../../models/attendance/stay.js';

/** What of a stay the intervals follow from. */
export type Stay = Pick<StayDocument, 'joinedAt' | 'lastSeenAt' | 'leftAt' | 'leaveReason'>;

/** One stretch of presence; `leftAt` is null while it goes on. */
export interface Interval {
  joinedAt: Date;
  leftAt: Date | null;
}

/** The time a workshop was live; `endedAt` is null while it still is. Before it is the lobby, after it the workshop is over. */
export interface LiveSpan {
  liveAt: Date;
  endedAt: Date | null;
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
 * back within the lease: a reload, a dropped network or a node that died does not cut it. Only the time live counts.
 * Instants are compared, not clocks on a wall: midnight and summer time are nothing special. All times are the house's,
 * never a member's device's (`platform/houseClock`); should nodes still differ by a little, a stay is as long as it was, for
 * one node timed both its ends, and at worst moved by the difference.
 */
export function mergeStays(stays: readonly Stay[], live: LiveSpan, now: Date): Interval[] {
  const stretches = stays.map((stay) => stretchOf(stay, live.endedAt, now));
  stretches.sort((a, b) => a.from - b.from);
  const merged: Stretch[] = [];
  for (const stretch of stretches) {
    const last = merged.at(-1);
    if (!last || stretch.from > last.bridged) merged.push(stretch);
    else merged[merged.length - 1] = join(last, stretch);
  }
  const start = live.liveAt.getTime();
  const end = live.endedAt?.getTime() ?? Infinity;
  return merged
    .map((stretch) => ({ ...stretch, from: Math.max(stretch.from, start), to: Math.min(stretch.to, end) }))
    .filter(({ from, to, isOpen }) => to > from || isOpen)
    .map(({ from, to, isOpen }) => ({ joinedAt: new Date(from), leftAt: isOpen ? null : new Date(to) }));
}

function stretchOf(stay: Stay, endedAt: Date | null, now: Date): Stretch {
  const from = stay.joinedAt.getTime();
  const seen = stay.lastSeenAt.getTime();
  const hasLease = now.getTime() - seen < attendanceLeaseMs;
  const isOpen = stay.leftAt === null && hasLease && endedAt === null;
  const wasLost = stay.leftAt === null ? !hasLease : stay.leaveReason === 'lost';
  const to = Math.max(from, stay.leftAt?.getTime() ?? (hasLease ? now.getTime() : seen));
  return { from, to, isOpen, bridged: isOpen ? Infinity : to + (wasLost ? attendanceLeaseMs : 0) };
}

function join(first: Stretch, next: Stretch): Stretch {
  return { from: first.from, to: Math.max(first.to, next.to), isOpen: first.isOpen || next.isOpen, bridged: Math.max(first.bridged, next.bridged) };
}

/** Whole seconds present, all intervals together; one that goes on counts until now. */
export function secondsPresent(intervals: readonly Interval[], now: Date): number {
  const milliseconds = intervals.reduce((sum, { joinedAt, leftAt }) => sum + (leftAt ?? now).getTime() - joinedAt.getTime(), 0);
  return Math.max(0, Math.floor(milliseconds / 1000));
}

/** Whole seconds the workshop has been live; one that goes on counts until now. */
export function secondsLive({ liveAt, endedAt }: LiveSpan, now: Date): number {
  return Math.max(0, Math.floor(((endedAt ?? now).getTime() - liveAt.getTime()) / 1000));
}

/** The part of the time live, in whole percent rounded down: a certificate asks for no less than it says. */
export function percentPresent(seconds: number, liveSeconds: number): number {
  return liveSeconds === 0 ? 0 : Math.min(100, Math.floor((100 * seconds) / liveSeconds));
}
