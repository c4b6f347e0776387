import type { Types } from 'mongoose';
import { isHostOf } from '../../access/entry/judgeEntry.js';
import { Grant, type GrantDocument } from '../../models/grant.js';
import { Member } from '../../models/member.js';
import { Workshop } from '../../models/workshop.js';
import type { CalendarEntry } from './calendarText.js';

/** For how long a workshop stays in its people's calendars, in milliseconds. */
const keptMs = 365 * 24 * 60 * 60_000;

/** The workshops a member may enter or hosts, and those of theirs that were cancelled; the earliest first. */
export async function findEntries(memberId: Types.ObjectId, now: Date): Promise<CalendarEntry[]> {
  const [member, grants] = await Promise.all([Member.findById(memberId).lean(), Grant.find({ memberId, kind: 'workshop' }).sort({ startsAt: 1 }).lean()]);
  if (!member) return [];
  const since = new Map(grants.filter((grant) => stands(grant, now)).map(({ ref, startsAt }) => [ref, startsAt]));
  const recent = { startsAt: { $gt: new Date(now.getTime() - keptMs) } };
  const workshops = await Workshop.find({ ...recent, $or: [{ _id: { $in: [...since.keys()] } }, { hostIds: memberId }] }).sort({ startsAt: 1, _id: 1 }).lean();
  return workshops
    .filter((workshop) => since.has(String(workshop._id)) || (workshop.hostIds.some((hostId) => hostId.equals(memberId)) && isHostOf({ id: String(memberId), role: member.role }, workshop)))
    .map((workshop) => ({ workshop, changedAt: workshop.cancellation?.at ?? since.get(String(workshop._id)) ?? member.joinedAt }));
}

/** A right that was given back is in no calendar; one that ended because nothing takes place is, as cancelled. */
function stands({ endsAt, endReason }: GrantDocument, now: Date): boolean {
  return endsAt === null || endsAt > now || endReason === 'workshop_cancelled';
}
