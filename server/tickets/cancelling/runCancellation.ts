import { tickets } from '../../../shared/contracts/tickets.js';
import type { Deps } from '../../deps.js';
import { noteCancellation, takeDueCancellation } from '../../models/money/cancellations.js';
import { Order } from '../../models/order.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import { roleChannel } from '../../realtime/channels.js';
import { syncTicket } from '../syncTicket.js';
import { endRights } from './endRights.js';

/** For how long a node that is at it keeps others from it, in milliseconds: one that was killed is soon followed. */
const leaseMs = 3_000;
/** When one that could not be brought to its end is tried again. */
const againAfterMs = 15_000;
/** How many orders are read in one go. */
const handful = 50;

/** Goes on with every cancellation that waits. Any node may, from wherever another was cut off. */
export async function runDueCancellations(deps: Deps): Promise<void> {
  for (;;) {
    const now = deps.now();
    const workshop = await takeDueCancellation(now, new Date(now.getTime() + leaseMs));
    if (!workshop) return;
    await runOne(deps, workshop).catch((error: unknown) => deps.log.error({ err: error, workshopId: String(workshop._id) }, 'a cancellation was cut off; it is gone on with'));
  }
}

/**
 * Compares every order with Stripe that is not closed; for a cancelled workshop that closes it, and what was paid goes back.
 * Nothing here is counted or remembered but in the orders, so it may be done twice, and by two nodes at once.
 */
async function runOne(deps: Deps, workshop: WorkshopDocument): Promise<void> {
  await endRights(deps, workshop);
  const unsettled = { workshopId: workshop._id, state: { $in: ['open' as const, 'paid' as const] }, problem: null };
  let orders = await Order.find(unsettled).sort({ _id: 1 }).limit(handful).lean();
  while (orders.length > 0) {
    for (const { _id } of orders) {
      await noteCancellation(workshop._id, { nextRunAt: new Date(deps.now().getTime() + leaseMs) });
      await syncTicket(deps, _id).catch((error: unknown) => deps.log.error({ err: error, orderId: String(_id) }, 'an order of a cancelled workshop could not be settled; it is tried again'));
    }
    orders = await Order.find({ ...unsettled, _id: { $gt: orders.at(-1)?._id } }).sort({ _id: 1 }).limit(handful).lean();
  }
  const isLeft = (await Order.exists(unsettled)) !== null;
  const now = deps.now();
  await noteCancellation(workshop._id, isLeft ? { nextRunAt: new Date(now.getTime() + againAfterMs) } : { nextRunAt: null, doneAt: now });
  deps.publish(roleChannel('organizer'), tickets.moneyChanged, { workshopId: String(workshop._id) });
}
