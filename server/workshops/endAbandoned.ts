import { limits } from '../../shared/limits.js';
import type { Deps } from '../deps.js';
import { Attendance } from '../models/attendance/stay.js';
import { Member } from '../models/member.js';
import { StageRoster } from '../models/onStage/stageRoster.js';
import { Workshop, type WorkshopDocument } from '../models/workshop.js';
import { finishWorkshop } from './endWorkshop.js';
import { tellWorkshop } from './tellWorkshop.js';

const minuteMs = 60_000;

/**
 * Ends each live workshop that nobody ended: its planned time is over, and nobody who could be on its stage has been in it
 * for a while. It ended at the last sign of life of those, so that its attendance is what it was. Any node may, again and again.
 */
export async function endAbandoned(deps: Deps): Promise<void> {
  const now = deps.now();
  for (const workshop of await Workshop.find({ state: 'live' }).lean()) {
    const liveAt = workshop.liveAt ?? workshop.startsAt;
    const plannedEnd = Math.max(workshop.startsAt.getTime(), liveAt.getTime()) + workshop.minutes * minuteMs;
    const patienceEnds = now.getTime() - limits.abandonedMinutes * minuteMs;
    if (plannedEnd > patienceEnds) continue;
    const lastSeenAt = await lastSeen(workshop);
    if (lastSeenAt && lastSeenAt.getTime() > patienceEnds) continue;
    const endedAt = new Date(Math.max(liveAt.getTime(), lastSeenAt?.getTime() ?? plannedEnd));
    const ended = await Workshop.findOneAndUpdate({ _id: workshop._id, state: 'live' }, { $set: { state: 'ended', endedAt } }, { returnDocument: 'after' }).lean();
    if (!ended) continue;
    deps.log.info({ workshopId: String(workshop._id), endedAt }, 'a workshop that nobody ended is over');
    await tellWorkshop(deps, ended);
    await finishWorkshop(deps, ended);
  }
}

/** When somebody who may be on the stage was last in the workshop; null when nobody was. */
async function lastSeen({ _id, hostIds }: WorkshopDocument): Promise<Date | null> {
  const [organizers, { speakers }] = await Promise.all([Member.find({ role: 'organizer' }).select({ _id: 1 }).lean(), StageRoster.of(String(_id))]);
  const memberIds = [...hostIds, ...organizers.map((organizer) => organizer._id), ...speakers.map(({ memberId }) => memberId)];
  const last = await Attendance.findOne({ workshopId: _id, memberId: { $in: memberIds } }).sort({ lastSeenAt: -1 }).lean();
  return last?.lastSeenAt ?? null;
}
