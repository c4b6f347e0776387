import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import { Workshop, type WorkshopDocument } from '../../models/workshop.js';
import { finishWorkshop } from '../endWorkshop.js';
import { tellWorkshop } from '../tellWorkshop.js';

/** Milliseconds. */
export const minuteMs = 60_000;

/** When a live workshop was to end: it lasts as long as was planned, from when it began or was to. Milliseconds since 1970. */
export function plannedEnd({ startsAt, liveAt, minutes }: WorkshopDocument): number {
  return Math.max(startsAt.getTime(), liveAt?.getTime() ?? 0) + minutes * minuteMs;
}

/** Who hosts the workshop: those it names, and all organizers. */
export async function hostsOf({ hostIds }: WorkshopDocument): Promise<WorkshopDocument['hostIds']> {
  const organizers = await Member.find({ role: 'organizer' }).select({ _id: 1 }).lean();
  return [...hostIds, ...organizers.map(({ _id }) => _id)];
}

/** Ends a live workshop that nobody ends, as of the moment given, unless a host has had it kept open meanwhile. */
export async function endItself(deps: Deps, { _id, liveAt, startsAt, keptOpenAt = null }: WorkshopDocument, at: number): Promise<void> {
  const endedAt = new Date(Math.max((liveAt ?? startsAt).getTime(), at));
  const ended = await Workshop.findOneAndUpdate({ _id, state: 'live', keptOpenAt }, { $set: { state: 'ended', endedAt } }, { returnDocument: 'after' }).lean();
  if (!ended) return;
  deps.log.info({ workshopId: String(_id), endedAt }, 'a workshop that nobody ended is over');
  await tellWorkshop(deps, ended);
  await finishWorkshop(deps, ended);
}
