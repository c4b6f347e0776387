import type { Deps } from '../../deps.js';
import { AttendanceRecord } from '../../models/attendance/attendanceRecord.js';
import { Attendance, attendanceLeaseMs } from '../../models/attendance/stay.js';
import { Workshop, type WorkshopDocument } from '../../models/workshop.js';
import { countEverybody, liveSpan, type Counted } from './countAttendance.js';
import { secondsLive } from './mergeStays.js';

/** Writes down the attendance of every workshop that has ended and whose attendance is not. Any node may, again and again. */
export async function freezeAttendance(deps: Deps): Promise<void> {
  const waiting = await Workshop.find({ state: 'ended', attendanceFrozenAt: null }).lean();
  for (const workshop of waiting) await freezeOne(deps, workshop);
}

/**
 * Writes down what everybody's presence in a workshop came to, once and for good.
 *
 * A stay that is open and was not seen since the end may have been alive at it or not, until its node says so or its lease
 * has run out. It is waited for only where that makes a difference: not for a member who was there on another connection.
 * What follows from the stays is then the same whoever counts, so two nodes at once, or one that takes up what another left
 * half done, write the same.
 */
export async function freezeOne(deps: Deps, workshop: WorkshopDocument): Promise<void> {
  const live = liveSpan(workshop);
  const now = deps.now();
  if (!live?.endedAt || workshop.attendanceFrozenAt) return;
  const { endedAt } = live;
  const stays = await Attendance.find({ workshopId: workshop._id }).sort({ joinedAt: 1, _id: 1 }).lean();
  const counted = countEverybody(stays, live, now);
  if (!isSame(counted, countEverybody(stays, live, new Date(endedAt.getTime() + attendanceLeaseMs)))) return;
  const terms = { workshopId: workshop._id, liveSeconds: secondsLive(live, now), certificatePercent: workshop.certificatePercent ?? null, frozenAt: now };
  const records = [...counted].map(([memberId, { seconds, percent, intervals }], place) => ({
    ...terms, memberId, place, seconds, percent, intervals: intervals.map(({ joinedAt, leftAt }) => ({ joinedAt, leftAt: leftAt ?? endedAt })),
  }));
  await AttendanceRecord.keepOnce(records);
  await Attendance.closeAll(String(workshop._id), endedAt);
  await Workshop.updateOne({ _id: workshop._id, attendanceFrozenAt: null }, { $set: { attendanceFrozenAt: now } });
}

/** Whether it comes to the same if whoever was not seen since the end had left when last seen. */
function isSame(one: ReadonlyMap<string, Counted>, other: ReadonlyMap<string, Counted>): boolean {
  return JSON.stringify([...one]) === JSON.stringify([...other]);
}
