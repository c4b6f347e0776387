import type { AttendanceSheet } from '../../../shared/contracts/attendance/attendance.js';
import type { InWorkshop } from '../../../shared/contracts/workshops.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { AttendanceRecord } from '../../models/attendance/attendanceRecord.js';
import { Certificate } from '../../models/attendance/certificate.js';
import { Attendance } from '../../models/attendance/stay.js';
import { Member } from '../../models/member.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import { viewCount, viewPresence } from './attendance.views.js';
import { countEverybody, liveSpan, type Counted } from './countAttendance.js';

/**
 * Who was in a workshop while it was live, from when to when, by the time they first came. Counted while it goes on, read
 * from what was written down when it is over.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 */
export async function showSheet(deps: Deps, actor: Actor, input: InWorkshop): Promise<AttendanceSheet> {
  const now = deps.now();
  const workshop = await accessWorkshop(actor, input.workshopId, 'host', now);
  const counted = workshop.attendanceFrozenAt ? await readRecords(input.workshopId) : await countNow(workshop, now);
  const [people, marks] = await Promise.all([Member.people([...counted.keys()]), Certificate.marksOfWorkshop(input.workshopId)]);
  const rows = [...counted].flatMap(([memberId, presence]) => {
    const person = people.get(memberId);
    return person ? [{ person, ...viewPresence(presence), certificate: marks.get(memberId) ?? null }] : [];
  });
  return { ...viewCount(workshop, now), rows, keptDays: deps.attendanceDays };
}

async function countNow(workshop: WorkshopDocument, now: Date): Promise<Map<string, Counted>> {
  const live = liveSpan(workshop);
  const stays = live ? await Attendance.find({ workshopId: workshop._id }).sort({ joinedAt: 1, _id: 1 }).lean() : [];
  return live ? countEverybody(stays, live, now) : new Map();
}

/** In the order in which the members came, whichever node wrote down whom. */
async function readRecords(workshopId: string): Promise<Map<string, Counted>> {
  const records = await AttendanceRecord.find({ workshopId }).sort({ place: 1, _id: 1 }).lean();
  return new Map(records.map((record) => [String(record.memberId), record]));
}
