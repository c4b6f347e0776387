import type { OrderState } from '../../../shared/contracts/tickets.js';
import type { Deps } from '../../deps.js';
import { Order, type MoveFields, type OrderDocument } from '../../models/order.js';
import { tellOrder } from '../tellOrder.js';
import { alignRight } from './alignRight.js';

/** A step that was cut off is taken up again after this, in milliseconds. */
const resumeAfterMs = 30_000;

/**
 * Moves an order on from the state it was read in. Whoever succeeds gives or ends the right and tells of it; whoever does
 * not gets the order as another has left it.
 */
export async function advance(deps: Deps, order: OrderDocument, to: OrderState, fields: MoveFields): Promise<OrderDocument> {
  const nextCheckAt = new Date(deps.now().getTime() + resumeAfterMs);
  const moved = await Order.move(order._id, [order.state], to, { ...fields, nextCheckAt });
  if (!moved) return Order.findById(order._id).orFail().lean();
  await alignRight(deps, moved);
  await tellOrder(deps, moved);
  return moved;
}
