import type { CancellationView } from '../../../shared/contracts/tickets/cancelling.js';
import type { InWorkshop } from '../../../shared/contracts/workshops.js';
import { AppError } from '../../../shared/failures.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { noteCancellation } from '../../models/money/cancellations.js';
import { Order } from '../../models/order.js';
import { cancelledWish } from '../refunds/cancelledWish.js';
import { giveBack } from '../refunds/giveBack.js';
import { viewCancellation } from './viewCancellation.js';

/**
 * Asks once more for every refund of a cancelled workshop that is stuck, and goes on at once with what waits.
 *
 * @throws workshop.not_found - there is none.
 * @throws workshop.wrong_state - it is not cancelled.
 */
export async function retryCancellation(deps: Deps, actor: Actor, input: InWorkshop): Promise<CancellationView> {
  const workshop = await accessWorkshop(actor, input.workshopId, 'host', deps.now());
  if (!workshop.cancellation) throw new AppError('workshop.wrong_state', { state: workshop.state });
  const stuck = await Order.find({ workshopId: workshop._id, problem: { $ne: null } }).sort({ _id: 1 }).lean();
  for (const order of stuck) {
    const { id: _first, ...again } = await cancelledWish(order);
    await giveBack(deps, order, again).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      deps.log.warn({ orderId: String(order._id), code: error.code }, 'a refund that is stuck could not be made');
    });
  }
  if (!workshop.cancellation.doneAt) await noteCancellation(workshop._id, { nextRunAt: deps.now() });
  return viewCancellation(workshop);
}
