import type { WorkshopView } from '../../shared/contracts/workshops.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Workshop } from '../models/workshop.js';
import { viewWorkshops } from './workshops.views.js';

/** All workshops as this actor (null: someone not signed in) sees them, by the time they start. */
export async function listWorkshops(deps: Deps, actor: Actor | null): Promise<WorkshopView[]> {
  const workshops = await Workshop.find().sort({ startsAt: 1, _id: 1 }).lean();
  return viewWorkshops(actor, workshops, deps.now());
}
