import { Types } from 'mongoose';
import type { OrderView } from '../../shared/contracts/tickets.js';
import { AppError } from '../../shared/failures.js';
import { accessOrder } from '../access/accessOrder.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { unrepaired } from '../models/money/refundRequest.js';
import { giveBack } from './refunds/giveBack.js';
import { repairRefunds } from './refunds/repairRefunds.js';
import { viewOrder } from './tickets.views.js';

/**
 * Gives back all that is left of the price. As soon as Stripe has accepted that, the right ends on every node and the seat
 * is free. An order on its way back already stays as it is. Where refunds have failed, those are asked for again, and no more.
 *
 * @throws order.not_found - there is none.
 * @throws order.wrong_state - nothing was paid.
 * @throws payment.unavailable - Stripe did not accept it, and the ticket stays good until it does: what was noted by then is
 *   made as soon as Stripe answers.
 * @throws server.busy - other refunds of it kept being noted.
 */
export async function refundOrder(deps: Deps, actor: Actor, input: { orderId: string; reason: string }): Promise<OrderView> {
  const order = await accessOrder(actor, input.orderId, 'manage');
  const isReturning = order.state === 'refunding' || order.state === 'refunded' || order.state === 'late';
  if (isReturning && !order.problem) return viewOrder(order);
  if (order.state !== 'paid' && !order.problem) throw new AppError('order.wrong_state', { state: order.state });
  const byId = new Types.ObjectId(actor.memberId);
  if (unrepaired(order.refunds ?? []).length > 0 && order.problem) return viewOrder(await repairRefunds(deps, order, byId));
  return viewOrder(await giveBack(deps, order, { amount: null, keepsSeat: false, reason: input.reason, by: 'organizer', byId }));
}
