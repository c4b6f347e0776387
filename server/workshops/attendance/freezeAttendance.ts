import type { Deps } from '../../deps.js';
import { AttendanceRecord } from '../../models/attendance/attendanceRecord.js';
import { Attendance } from '../../models/attendance/stay.js';
import { Workshop, type WorkshopDocument } from '../../models/workshop.js';
import { countEverybody, liveSpan } from './countAttendance.js';
import { secondsLive } from './mergeStays.js';

/** Writes down the attendance of every workshop that has ended and whose attendance is not. Any node may, again and again. */
export async function freezeAttendance(deps: Deps): Promise<void> {
  const waiting = await Workshop.find({ state: 'ended', attendanceFrozenAt: null }).lean();
  for (const workshop of waiting) await freezeOne(deps, workshop);
}

/**
 * Writes down what everybody's presence in a workshop came to, once and for good.
 *
 * It waits until of every stay that is open it is known whether it was alive at the end: all nodes have renewed theirs
 * since, or the lease of those that did not has run out. What follows from the stays is then the same whoever counts, so
 * two nodes at once, or one that takes up what another left half done, write the same.
 */
export async function freezeOne(deps: Deps, workshop: WorkshopDocument): Promise<void> {
  const live = liveSpan(workshop);
  const workshopId = String(workshop._id);
  const now = deps.now();
  if (!live?.endedAt || workshop.attendanceFrozenAt) return;
  const { endedAt } = live;
  if (await Attendance.hasUndecided(workshopId, endedAt, now)) return;
  await Attendance.closeAll(workshopId, endedAt);
  const stays = await Attendance.find({ workshopId }).sort({ joinedAt: 1 }).lean();
  const terms = { workshopId: workshop._id, liveSeconds: secondsLive(live, now), certificatePercent: workshop.certificatePercent ?? null, frozenAt: now };
  const records = [...countEverybody(stays, live, now)].map(([memberId, { seconds, percent, intervals }]) => ({
    ...terms, memberId, seconds, percent, intervals: intervals.map(({ joinedAt, leftAt }) => ({ joinedAt, leftAt: leftAt ?? endedAt })),
  }));
  await AttendanceRecord.keepOnce(records);
  await Workshop.updateOne({ _id: workshop._id, attendanceFrozenAt: null }, { $set: { attendanceFrozenAt: now } });
}
