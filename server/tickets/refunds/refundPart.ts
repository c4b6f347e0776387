import { Types } from 'mongoose';
import type { OrderView } from '../../../shared/contracts/tickets.js';
import type { RefundPart } from '../../../shared/contracts/tickets/refunds.js';
import { AppError } from '../../../shared/failures.js';
import { floorToCharge } from '../../../shared/money.js';
import { accessOrder } from '../../access/accessOrder.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { viewOrder } from '../tickets.views.js';
import { giveBack } from './giveBack.js';

/**
 * Gives a part of the price back, once per `clientRefundId`; the buyer keeps the seat where the organizer says so, unless
 * nothing of the price is left then. What is left of an order whose seat was given up may be given back too.
 *
 * @throws order.not_found - there is none.
 * @throws order.wrong_state - nothing was paid, it was a free ticket, or the buyer's bank has taken the money back.
 * @throws input.invalid - cards know no such small coin of the currency.
 * @throws refund.too_much - less is left.
 * @throws payment.unavailable - Stripe does not answer; what was noted is made as soon as it does.
 * @throws server.busy - other refunds of it kept being noted.
 */
export async function refundPart(deps: Deps, actor: Actor, input: RefundPart): Promise<OrderView> {
  const order = await accessOrder(actor, input.orderId, 'manage');
  const isGone = order.state === 'disputed' || order.state === 'charged_back';
  if (order.paidAt === null || order.price.amount === 0 || isGone) throw new AppError('order.wrong_state', { state: order.state });
  const { clientRefundId: id, amount, keepsSeat, reason } = input;
  if (floorToCharge(amount, order.price.currency) !== amount) throw new AppError('input.invalid', { problems: [{ path: 'amount', message: 'the currency has no such small coin' }] });
  return viewOrder(await giveBack(deps, order, { id, amount, keepsSeat, reason, by: 'organizer', byId: new Types.ObjectId(actor.memberId) }));
}
