import type { Types } from 'mongoose';
import type { Deps } from '../../deps.js';
import { unrepaired } from '../../models/money/refundRequest.js';
import type { OrderDocument } from '../../models/order.js';
import { readPayment } from '../settle/readPayment.js';
import { syncTicket } from '../syncTicket.js';
import { leftOf, noteRefund } from './noteRefund.js';

/**
 * Asks again for every refund of an order that has failed: for exactly what it was for, or for what is left where that is less.
 * Each is asked for again once, whoever asks and however often.
 *
 * @throws payment.unavailable - Stripe does not answer; what was noted is made as soon as it does.
 * @throws server.busy - other refunds of it kept being noted.
 */
export async function repairRefunds(deps: Deps, order: OrderDocument, byId: Types.ObjectId): Promise<OrderDocument> {
  const payment = await readPayment(deps, order);
  let current = order;
  for (const { id, amount, keepsSeat, reason, by } of unrepaired(order.refunds ?? [])) {
    const owed = Math.min(amount, leftOf(current.refunds ?? [], payment));
    if (owed > 0) current = await noteRefund(deps, current, payment, { id: `${id}:again`, amount: owed, keepsSeat, reason, by, byId, repairs: id });
  }
  return syncTicket(deps, order._id);
}
