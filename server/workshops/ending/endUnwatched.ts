import { limits } from '../../../shared/limits.js';
import type { Deps } from '../../deps.js';
import { Attendance } from '../../models/attendance/stay.js';
import { Workshop, type WorkshopDocument } from '../../models/workshop.js';
import { tellWorkshop } from '../tellWorkshop.js';
import { endItself, hostsOf, minuteMs, plannedEnd } from './endItself.js';

/**
 * Ends each live workshop whose planned time is over and in which nobody but its hosts has been for an hour: one of them
 * forgot it in an open tab. It ended when the last of the others left. Hosts are told three quarters of an hour before,
 * and may keep it open. Any node may, again and again.
 */
export async function endUnwatched(deps: Deps): Promise<void> {
  for (const workshop of await Workshop.find({ state: 'live' }).lean()) {
    const now = deps.now().getTime();
    const since = await unwatchedSince(workshop);
    const endsItselfAt = since + limits.unwatchedMinutes * minuteMs;
    if (endsItselfAt <= now) await endItself(deps, workshop, since);
    else await foretell(deps, workshop, endsItselfAt - now <= limits.unwatchedTellMinutes * minuteMs ? new Date(endsItselfAt) : null);
  }
}

/** Since when nobody has been there who is no host; not before the planned end, nor before a host kept it open. Milliseconds since 1970. */
async function unwatchedSince(workshop: WorkshopDocument): Promise<number> {
  const last = await Attendance.lastOf(workshop._id, { $nin: await hostsOf(workshop) });
  return Math.max(plannedEnd(workshop), last?.getTime() ?? 0, workshop.keptOpenAt?.getTime() ?? 0);
}

/** Notes when the workshop ends by itself, or that it does not any more, and tells it where that is new. */
async function foretell(deps: Deps, { _id, keptOpenAt = null, endsItselfAt = null }: WorkshopDocument, next: Date | null): Promise<void> {
  if (endsItselfAt?.getTime() === next?.getTime()) return;
  const told = await Workshop.findOneAndUpdate({ _id, state: 'live', keptOpenAt, endsItselfAt }, { $set: { endsItselfAt: next } }, { returnDocument: 'after' }).lean();
  if (told) await tellWorkshop(deps, told);
}
