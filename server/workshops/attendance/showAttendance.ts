import type { AttendanceRow, InWorkshop } from '../../../shared/contracts/workshops.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Attendance, type StayDocument } from '../../models/attendance.js';
import { Member } from '../../models/member.js';
import { mergeStays, secondsPresent, type Interval } from './mergeStays.js';

/**
 * Who was in a workshop, from when to when, by the time they first came.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 */
export async function showAttendance(deps: Deps, actor: Actor, input: InWorkshop): Promise<AttendanceRow[]> {
  const workshop = await accessWorkshop(actor, input.workshopId, 'host', deps.now());
  const stays = await Attendance.find({ workshopId: input.workshopId }).sort({ joinedAt: 1 }).lean();
  const byMember = new Map<string, StayDocument[]>();
  for (const stay of stays) byMember.set(String(stay.memberId), [...(byMember.get(String(stay.memberId)) ?? []), stay]);
  const people = await Member.people([...byMember.keys()]);
  const now = deps.now();
  return [...byMember].flatMap(([memberId, ofMember]) => {
    const person = people.get(memberId);
    const intervals = mergeStays(ofMember, workshop.endedAt, now);
    return person && intervals.length > 0 ? [{ person, intervals: intervals.map(viewInterval), seconds: secondsPresent(intervals, now) }] : [];
  });
}

function viewInterval({ joinedAt, leftAt }: Interval): AttendanceRow['intervals'][number] {
  return { joinedAt: joinedAt.toISOString(), leftAt: leftAt?.toISOString() ?? null };
}
