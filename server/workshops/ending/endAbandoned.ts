import { limits } from '../../../shared/limits.js';
import type { Deps } from '../../deps.js';
import { Attendance } from '../../models/attendance/stay.js';
import { StageRoster } from '../../models/onStage/stageRoster.js';
import { Workshop, type WorkshopDocument } from '../../models/workshop.js';
import { endItself, hostsOf, minuteMs, plannedEnd } from './endItself.js';

/**
 * Ends each live workshop that nobody ended: its planned time is over, and nobody who could be on its stage has been in it
 * for a while. It ended at the last sign of life of those, so that its attendance is what it was. Any node may, again and again.
 */
export async function endAbandoned(deps: Deps): Promise<void> {
  for (const workshop of await Workshop.find({ state: 'live' }).lean()) {
    const patienceEnds = deps.now().getTime() - limits.abandonedMinutes * minuteMs;
    if (plannedEnd(workshop) > patienceEnds) continue;
    const seenAt = (await lastSeen(workshop)) ?? plannedEnd(workshop);
    if (seenAt <= patienceEnds) await endItself(deps, workshop, seenAt);
  }
}

/** When somebody who may be on the stage was last in the workshop; null when nobody was. Milliseconds since 1970. */
async function lastSeen(workshop: WorkshopDocument): Promise<number | null> {
  const [hostIds, { speakers }] = await Promise.all([hostsOf(workshop), StageRoster.of(String(workshop._id))]);
  const last = await Attendance.lastOf(workshop._id, { $in: [...hostIds, ...speakers.map(({ memberId }) => memberId)] });
  return last?.getTime() ?? null;
}
