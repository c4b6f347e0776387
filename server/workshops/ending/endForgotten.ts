import { limits } from '../../../shared/limits.js';
import type { Deps } from '../../deps.js';
import { Attendance } from '../../models/attendance/stay.js';
import { Workshop, type WorkshopDocument } from '../../models/workshop.js';
import { tellWorkshop } from '../tellWorkshop.js';
import { endItself, hostsOf, minuteMs, plannedEnd } from './endItself.js';

/**
 * Ends each live workshop that its hosts forgot in an open tab: its planned time is over, and for an hour nobody but hosts has
 * been there; or others are, who may have forgotten it as well, and for three hours no host has said that it goes on. Hosts
 * are told three quarters of an hour before, and may keep it open. Any node may, again and again.
 */
export async function endForgotten(deps: Deps): Promise<void> {
  for (const workshop of await Workshop.find({ state: 'live' }).lean()) {
    const now = deps.now().getTime();
    const { dueAt, endedAt } = await endOf(workshop);
    if (dueAt <= now) await endItself(deps, workshop, endedAt);
    else await foretell(deps, workshop, dueAt - now <= limits.endTellMinutes * minuteMs ? new Date(dueAt) : null);
  }
}

/** When it ends by itself, and as of when it has ended then. Milliseconds since 1970. */
async function endOf(workshop: WorkshopDocument): Promise<{ dueAt: number; endedAt: number }> {
  const meantUntil = Math.max(plannedEnd(workshop), workshop.keptOpenAt?.getTime() ?? 0);
  const last = await Attendance.lastOf(workshop._id, { $nin: await hostsOf(workshop) });
  const watchedUntil = Math.max(meantUntil, last?.getTime() ?? 0);
  const unwatchedDue = watchedUntil + limits.unwatchedMinutes * minuteMs;
  const overrunDue = meantUntil + limits.overrunMinutes * minuteMs;
  if (unwatchedDue <= overrunDue) return { dueAt: unwatchedDue, endedAt: watchedUntil };
  // Who has been there since shows nothing; and whoever stayed for all that was meant shall have been there for all of it.
  return { dueAt: overrunDue, endedAt: meantUntil };
}

/** Notes when the workshop ends by itself, or that it does not any more, and tells it where that is new. */
async function foretell(deps: Deps, { _id, keptOpenAt = null, endsItselfAt = null }: WorkshopDocument, next: Date | null): Promise<void> {
  if (endsItselfAt?.getTime() === next?.getTime()) return;
  const told = await Workshop.findOneAndUpdate({ _id, state: 'live', keptOpenAt, endsItselfAt }, { $set: { endsItselfAt: next } }, { returnDocument: 'after' }).lean();
  if (told) await tellWorkshop(deps, told);
}
