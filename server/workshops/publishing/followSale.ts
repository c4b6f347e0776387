import type { Types } from 'mongoose';
import type { Deps } from '../../deps.js';
import { Seats } from '../../models/seats.js';
import { saleOf, Workshop } from '../../models/workshop.js';
import { tellWorkshop } from '../tellWorkshop.js';

/** Has a workshop sell what was last decided beside its seats, and tells everybody. Doing it again changes nothing. */
export async function followSale(deps: Deps, workshopId: Types.ObjectId): Promise<void> {
  const [seats, workshop] = await Promise.all([Seats.findById(workshopId).select({ change: 1 }).lean(), Workshop.findById(workshopId).lean()]);
  if (!seats?.change || !workshop) return;
  const changed = await Workshop.followSaleChange(workshopId, saleOf(workshop).currency, seats.change);
  if (changed) await tellWorkshop(deps, changed);
  await Seats.markFollowed(workshopId, seats.change.revision);
}

/** The same for every change that a node which was killed has left. */
export async function followSales(deps: Deps): Promise<void> {
  for (const { _id } of await Seats.unfollowed()) await followSale(deps, _id);
}
