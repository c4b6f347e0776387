import type { InWorkshop, WorkshopView } from '../../shared/contracts/workshops.js';
import { AppError } from '../../shared/failures.js';
import { accessWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Workshop } from '../models/workshop.js';
import { tellWorkshop } from './tellWorkshop.js';
import { viewWorkshop } from './workshops.views.js';

/**
 * Opens the stage to those inside. One that is live already stays as it is: a second host, or a retry, is told so.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws workshop.wrong_state - it has ended or was cancelled.
 */
export async function goLive(deps: Deps, actor: Actor, input: InWorkshop): Promise<WorkshopView> {
  await accessWorkshop(actor, input.workshopId, 'host', deps.now());
  const opened = await Workshop.findOneAndUpdate({ _id: input.workshopId, state: 'scheduled' }, { $set: { state: 'live', liveAt: deps.now() } }, { returnDocument: 'after' }).lean();
  if (opened) await tellWorkshop(deps, opened);
  deps.rosters.look(input.workshopId);
  const workshop = opened ?? (await accessWorkshop(actor, input.workshopId, 'host', deps.now()));
  if (workshop.state !== 'live') throw new AppError('workshop.wrong_state', { state: workshop.state });
  return viewWorkshop(actor, workshop, deps.now());
}
