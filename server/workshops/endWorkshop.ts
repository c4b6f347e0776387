import type { InWorkshop, WorkshopView } from '../../shared/contracts/workshops.js';
import { AppError } from '../../shared/failures.js';
import { accessWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Workshop, type WorkshopDocument } from '../models/workshop.js';
import { freezeOne } from './attendance/freezeAttendance.js';
import { renewAttendance } from './attendance/renewAttendance.js';
import { tellWorkshop } from './tellWorkshop.js';
import { viewWorkshop } from './workshops.views.js';

/**
 * Ends a live workshop: its stage closes and everybody's attendance is written down; its chat stays open. Ending it again goes over
 * the same steps, should the first try have been cut off.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws workshop.wrong_state - it was never live, or was cancelled.
 * @throws server.busy - its stage cannot be reached now; the workshop has ended all the same.
 */
export async function endWorkshop(deps: Deps, actor: Actor, input: InWorkshop): Promise<WorkshopView> {
  const { workshopId } = input;
  await accessWorkshop(actor, workshopId, 'host', deps.now());
  const ended = await Workshop.findOneAndUpdate({ _id: workshopId, state: 'live' }, { $set: { state: 'ended', endedAt: deps.now() } }, { returnDocument: 'after' }).lean();
  if (ended) await tellWorkshop(deps, ended);
  const workshop = ended ?? (await accessWorkshop(actor, workshopId, 'host', deps.now()));
  if (workshop.state !== 'ended') throw new AppError('workshop.wrong_state', { state: workshop.state });
  await finishWorkshop(deps, workshop);
  return viewWorkshop(actor, workshop, deps.now());
}

/** What follows when a workshop has ended; harmless to go over again. @throws server.busy - its stage cannot be reached now. */
export async function finishWorkshop(deps: Deps, workshop: WorkshopDocument): Promise<void> {
  const workshopId = String(workshop._id);
  deps.rosters.look(workshopId);
  // Whoever is here on this node was here at the end; where others hold connections too, the timer writes it down when they have said so.
  await Promise.all([deps.stages.end(workshopId), renewAttendance(deps)]);
  await freezeOne(deps, workshop);
}
