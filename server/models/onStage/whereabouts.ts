/** Where members of a workshop are, as far as their attendance tells: the one record that survives tabs, nodes and crashes. */
import { Attendance, attendanceLeaseMs, type StayDocument } from '../attendance/stay.js';

/** Whether a member is inside, and else since when they are not, and whether they left or were lost. */
export type Whereabouts = { isHere: true } | { isHere: false; wasLost: boolean; since: Date };

/** Of each of these members who were in the workshop at all. */
export async function whereabouts(workshopId: string, memberIds: readonly string[], now: Date): Promise<Map<string, Whereabouts>> {
  const stays = memberIds.length === 0 ? [] : await Attendance.find({ workshopId, memberId: { $in: memberIds } }).lean();
  const found = new Map<string, Whereabouts>();
  for (const stay of stays) {
    const memberId = String(stay.memberId);
    found.set(memberId, later(found.get(memberId), readStay(stay, now)));
  }
  return found;
}

function readStay({ leftAt, lastSeenAt, leaveReason }: StayDocument, now: Date): Whereabouts {
  if (leftAt) return { isHere: false, wasLost: leaveReason === 'lost', since: leftAt };
  const hasLease = now.getTime() - lastSeenAt.getTime() < attendanceLeaseMs;
  return hasLease ? { isHere: true } : { isHere: false, wasLost: true, since: lastSeenAt };
}

/** Being here on one connection is being here; else the stay that ended last tells. */
function later(one: Whereabouts | undefined, other: Whereabouts): Whereabouts {
  if (!one || other.isHere) return other;
  return one.isHere || one.since > other.since ? one : other;
}
