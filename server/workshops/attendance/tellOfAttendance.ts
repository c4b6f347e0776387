import type { Deps } from '../../deps.js';
import { Attendance } from '../../models/attendance/stay.js';
import { viewHistory } from './attendance.views.js';

/** For a member's data export: what their presence came to, and every stay that is still kept. */
export async function tellOfAttendance(deps: Deps, memberId: string): Promise<unknown> {
  const [history, stays] = await Promise.all([
    viewHistory(deps, memberId),
    Attendance.find({ memberId }).select({ _id: 0, workshopId: 1, joinedAt: 1, lastSeenAt: 1, leftAt: 1, leaveReason: 1 }).sort({ joinedAt: 1, _id: 1 }).lean(),
  ]);
  return { workshops: history.workshops, stays };
}
