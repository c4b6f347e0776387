import { AppError } from '../../../shared/failures.js';
import type { ChangeSale, WorkshopView } from '../../../shared/contracts/workshops.js';
import { accessOpenWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Seats } from '../../models/seats.js';
import { saleOf, Workshop } from '../../models/workshop.js';
import { viewWorkshop } from '../workshops.views.js';
import { followSale } from './followSale.js';
import { judgeSale } from './judgeSale.js';

/**
 * Changes what a workshop sells from now on. It is decided by one write to the seats, which judges their number and the sale's revision;
 * the workshop follows. Orders keep the price and the refund rules they were made with, and what is at the checkout its hold.
 *
 * @throws workshop.not_found - absent, or not this actor's to host; the two look alike on purpose.
 * @throws workshop.wrong_state - it is over, or was cancelled.
 * @throws input.invalid | price.too_small | tier.not_found - as when it is published.
 * @throws pool.too_small - more seats of a pool are sold or held than it is to have; with their number.
 * @throws sale.changed_since - somebody else has changed it meanwhile; nothing of theirs is lost.
 */
export async function changeSale(deps: Deps, actor: Actor, { workshopId, clientChangeId, revision, pools, types }: ChangeSale): Promise<WorkshopView> {
  const workshop = await accessOpenWorkshop(actor, workshopId, 'host', deps.now());
  await judgeSale({ currency: saleOf(workshop).currency, types });
  const answer = await Seats.changeSale(workshop._id, { clientChangeId, pools, types }, revision, deps.now());
  if (answer.kind === 'changed_since') throw new AppError('sale.changed_since');
  if (answer.kind === 'too_small') throw new AppError('pool.too_small', { pool: answer.pool, least: answer.least });
  await followSale(deps, workshop._id);
  return viewWorkshop(actor, await Workshop.findById(workshop._id).orFail().lean(), deps.now());
}
