import type { InWorkshop, WorkshopView } from '../../../shared/contracts/workshops.js';
import { AppError } from '../../../shared/failures.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Workshop } from '../../models/workshop.js';
import { tellWorkshop } from '../tellWorkshop.js';
import { viewWorkshop } from '../workshops.views.js';

/**
 * Has a live workshop go on though its planned time is over: it ends by itself no sooner than an hour from now.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 * @throws workshop.wrong_state - it is not live.
 */
export async function keepOpen(deps: Deps, actor: Actor, { workshopId }: InWorkshop): Promise<WorkshopView> {
  const { state } = await accessWorkshop(actor, workshopId, 'host', deps.now());
  const kept = await Workshop.findOneAndUpdate({ _id: workshopId, state: 'live' }, { $set: { keptOpenAt: deps.now(), endsItselfAt: null } }, { returnDocument: 'after' }).lean();
  if (!kept) throw new AppError('workshop.wrong_state', { state: state === 'live' ? 'ended' : state });
  await tellWorkshop(deps, kept);
  return viewWorkshop(actor, kept, deps.now());
}
