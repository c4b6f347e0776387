/** Attendance as the contract shows it. */
import type { AttendanceCount, AttendanceHistory, AttendedWorkshop, Presence } from '../../../shared/contracts/attendance/attendance.js';
import type { Deps } from '../../deps.js';
import { AttendanceRecord, type AttendanceRecordDocument } from '../../models/attendance/attendanceRecord.js';
import { Certificate } from '../../models/attendance/certificate.js';
import { Attendance, type StayDocument } from '../../models/attendance/stay.js';
import { Workshop, type WorkshopDocument } from '../../models/workshop.js';
import { countStays, liveSpan, sortOut, type Counted } from './countAttendance.js';
import { secondsLive } from './mergeStays.js';

/** One member's presence, counted or written down. */
export function viewPresence({ intervals, seconds, percent }: Counted): Presence {
  return { intervals: intervals.map(({ joinedAt, leftAt }) => ({ joinedAt: joinedAt.toISOString(), leftAt: leftAt?.toISOString() ?? null })), seconds, percent };
}

/** How a workshop is counted, and how far it has come. */
export function viewCount(workshop: WorkshopDocument, now: Date): AttendanceCount {
  const live = liveSpan(workshop);
  return { certificatePercent: workshop.certificatePercent ?? null, liveSeconds: live ? secondsLive(live, now) : 0, isFinal: Boolean(workshop.attendanceFrozenAt) };
}

/** All workshops a member was in while they were live, the newest first: those written down, and those still being counted. */
export async function viewHistory(deps: Deps, memberId: string): Promise<AttendanceHistory> {
  const [records, stays, marks] = await Promise.all([AttendanceRecord.find({ memberId }).lean(), Attendance.find({ memberId }).lean(), Certificate.marksOfMember(memberId)]);
  const recordOf = new Map(records.map((record) => [String(record.workshopId), record]));
  const staysIn = sortOut(stays, (stay) => String(stay.workshopId));
  const workshops = await Workshop.find({ _id: { $in: [...new Set([...recordOf.keys(), ...staysIn.keys()])] } }).sort({ startsAt: -1, _id: -1 }).lean();
  const attended = workshops.flatMap((workshop): AttendedWorkshop[] => {
    const workshopId = String(workshop._id);
    const presence = presenceIn(workshop, recordOf.get(workshopId), staysIn.get(workshopId) ?? [], deps.now());
    if (!presence) return [];
    const { title, startsAt } = workshop;
    return [{ workshopId, title, startsAt: startsAt.toISOString(), ...viewCount(workshop, deps.now()), ...viewPresence(presence), certificate: marks.get(workshopId) ?? null }];
  });
  return { workshops: attended, keptDays: deps.attendanceDays };
}

/** What is written down stands; until then it is counted anew. Null: they were not there. */
function presenceIn(workshop: WorkshopDocument, record: AttendanceRecordDocument | undefined, stays: readonly StayDocument[], now: Date): Counted | null {
  if (record) return record;
  const live = workshop.attendanceFrozenAt ? null : liveSpan(workshop);
  const counted = live && countStays(stays, live, now);
  return counted && counted.intervals.length > 0 ? counted : null;
}
