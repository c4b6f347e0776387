import type { Deps } from '../../deps.js';
import { Order, type OrderDocument } from '../../models/order.js';
import { tellOrder } from '../tellOrder.js';
import { alignRight } from './alignRight.js';
import type { PaymentDispute } from './readDisputes.js';
import type { Payment } from './readPayment.js';

/**
 * Moves an order on by what the buyer's bank says. While it looks into the payment the right is frozen and the seat is kept; when
 * it decides for the house the right is the buyer's again, and when it decides for the buyer the seat is let go.
 */
export async function settleDispute(deps: Deps, before: OrderDocument, { disputes, charge }: Payment): Promise<OrderDocument> {
  const dispute = weightiest(disputes);
  if (!dispute || !charge) return before;
  const { movements: _booked, ...noted } = dispute;
  const order = await Order.noteDispute(before._id, noted);
  const hasNews = order.dispute?.state !== before.dispute?.state || order.dispute?.dueAt?.getTime() !== before.dispute?.dueAt?.getTime();
  if (order.state !== before.state) await alignRight(deps, order);
  if (hasNews || order.state !== before.state) await tellOrder(deps, order);
  return order;
}

/** Of several the one that decides: an open one, else one that was lost, else the newest. */
function weightiest(disputes: readonly PaymentDispute[]): PaymentDispute | undefined {
  return disputes.find(({ state }) => state === 'open') ?? disputes.find(({ state }) => state === 'lost') ?? disputes[0];
}
