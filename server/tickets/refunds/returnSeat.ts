import { Types } from 'mongoose';
import type { OrderView } from '../../../shared/contracts/tickets.js';
import type { ReturnSeat } from '../../../shared/contracts/tickets/refunds.js';
import { AppError } from '../../../shared/failures.js';
import { refundLeft, refundOwed } from '../../../shared/refunds.js';
import { accessOrder } from '../../access/accessOrder.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { OrderDocument } from '../../models/order.js';
import { Workshop } from '../../models/workshop.js';
import { viewOrder } from '../tickets.views.js';
import { giveBack } from './giveBack.js';

/**
 * The buyer gives the seat back, for what the policy of the sale gives at this moment; a free one for nothing, until the
 * workshop begins. A seat that is given back already stays so.
 *
 * @throws order.not_found - absent, or not this actor's; the two look alike on purpose.
 * @throws order.wrong_state - there is no seat to give back.
 * @throws refund.too_late - the policy gives nothing any more, or promised nothing, or the workshop has begun.
 * @throws refund.changed - the policy gives something else now than the buyer was shown.
 * @throws refund.too_much - another refund came first.
 * @throws payment.unavailable - Stripe does not answer; what was noted is made as soon as it does.
 * @throws server.busy - other refunds of it kept being noted.
 */
export async function returnSeat(deps: Deps, actor: Actor, input: ReturnSeat): Promise<OrderView> {
  const order = await accessOrder(actor, input.orderId, 'own');
  if (order.state === 'refunding' || order.state === 'refunded') return viewOrder(order);
  if (order.state !== 'paid') throw new AppError('order.wrong_state', { state: order.state });
  const amount = await owedNow(deps, order);
  if (amount === null) throw new AppError('refund.too_late');
  if (amount !== input.amount) throw new AppError('refund.changed', { amount });
  return viewOrder(await giveBack(deps, order, { id: 'return', amount, keepsSeat: false, reason: '', by: 'member', byId: new Types.ObjectId(actor.memberId) }));
}

/** What the buyer may have back now; null when the seat cannot be given back. */
async function owedNow(deps: Deps, order: OrderDocument): Promise<number | null> {
  const workshop = await Workshop.findById(order.workshopId).lean();
  if (workshop?.state !== 'scheduled') return null;
  const { amount } = order.price;
  if (amount === 0) return deps.now() < order.startsAt ? 0 : null;
  const owed = refundOwed(order.price, order.refundRules ?? null, order.startsAt, deps.now());
  const left = refundLeft(amount, order.refunds ?? [], order.returned ?? 0);
  return owed === null || left === 0 ? null : Math.min(owed, left);
}
