import type { InWorkshop, WorkshopView } from '../../shared/contracts/workshops.js';
import { AppError } from '../../shared/failures.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Workshop } from '../models/workshop.js';
import { viewWorkshop } from './workshops.views.js';

/**
 * One workshop as this actor (null: someone not signed in) sees it. What is announced is everybody's to see; what is
 * inside is not told here.
 *
 * @throws workshop.not_found - there is none.
 */
export async function showWorkshop(deps: Deps, actor: Actor | null, input: InWorkshop): Promise<WorkshopView> {
  const workshop = await Workshop.findById(input.workshopId).lean();
  if (!workshop) throw new AppError('workshop.not_found');
  return viewWorkshop(actor, workshop, deps.now());
}
