import type { QueryFilter } from 'mongoose';
import type { Deps } from '../../deps.js';
import { AttendanceRecord } from '../../models/attendance/attendanceRecord.js';
import { Attendance } from '../../models/attendance/stay.js';
import { Workshop, type WorkshopDocument } from '../../models/workshop.js';

const dayMs = 86_400_000;

/**
 * Takes away when exactly members came and went, once it is older than the house keeps it: the stays, and the single
 * stretches of what was written down. Minutes, percent and certificates stay. Nothing that still has to be counted goes.
 */
export async function forgetStays(deps: Deps): Promise<void> {
  const limit = new Date(deps.now().getTime() - deps.attendanceDays * dayMs);
  const old = { joinedAt: { $lt: limit } };
  const isCounted: QueryFilter<WorkshopDocument> = { $or: [{ attendanceFrozenAt: { $ne: null }, endedAt: { $lt: limit } }, { state: { $in: ['scheduled', 'cancelled'] } }] };
  const touched = await Attendance.distinct('workshopId', old);
  const workshopIds = await Workshop.distinct('_id', { _id: { $in: touched }, ...isCounted });
  // The stays go last: they are what a run that was cut off is found by.
  await AttendanceRecord.forgetIntervals(workshopIds);
  await Attendance.deleteMany({ workshopId: { $in: workshopIds }, ...old });
}
