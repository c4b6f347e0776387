import { Types } from 'mongoose';
import { AppError } from '../../../shared/failures.js';
import type { Deps } from '../../deps.js';
import type { RefundRequest } from '../../models/money/refundRequest.js';
import { Order, type OrderDocument } from '../../models/order.js';
import type { Payment } from '../settle/readPayment.js';

/** A refund one wishes for. */
export interface RefundWish extends Pick<RefundRequest, 'keepsSeat' | 'reason' | 'by' | 'byId' | 'repairs'> {
  /** Names it, where there can be but one of its kind, or the client does; a wish of that name that was noted stands. */
  id?: string;
  /** Minor units; null for all that is left. */
  amount: number | null;
}

/** A refund that was noted and not sent is looked at by the timer after this, in milliseconds. */
const sendAfterMs = 30_000;
/** How many others may be noted at the same time before the asker is told to come again. */
const tries = 5;

/**
 * Notes a refund in its order, if so much is left: of all wishes that come at once, those are noted that fit. What was given
 * back by hand at Stripe counts too.
 *
 * @param payment - what Stripe says of the order; null for a free ticket.
 * @returns the order with the refund in it; unchanged where all that is left was wished for, and nothing is.
 * @throws refund.too_much - less is left.
 * @throws server.busy - others kept being noted in the same moment.
 */
export async function noteRefund(deps: Deps, order: OrderDocument, payment: Payment | null, wish: RefundWish): Promise<OrderDocument> {
  let current = order;
  for (let left = tries; left > 0; left -= 1) {
    const amount = amountOf(current, payment, wish);
    if (amount === null) return current;
    const now = deps.now();
    const { keepsSeat, reason, by, byId, repairs } = wish;
    const refund: RefundRequest = { id: wish.id ?? String(new Types.ObjectId()), amount, keepsSeat, reason, by, byId, askedAt: now, state: amount === 0 ? 'done' : 'asked', ...(repairs !== undefined && { repairs }) };
    const noted = await Order.noteRefund(current, refund, new Date(now.getTime() + sendAfterMs));
    if (noted) return noted;
    current = await Order.findById(order._id).orFail().lean();
  }
  throw new AppError('server.busy');
}

/** How much is to be noted; null when there is nothing to note: it is noted, or everything is on its way. */
function amountOf(order: OrderDocument, payment: Payment | null, wish: RefundWish): number | null {
  const { refunds = [] } = order;
  if (refunds.some(({ id }) => id === wish.id)) return null;
  const isFree = order.price.amount === 0;
  if (isFree) return refunds.some(({ keepsSeat }) => !keepsSeat) ? null : 0;
  const left = leftOf(refunds, payment);
  if (wish.amount === null) return left === 0 ? null : left;
  if (wish.amount > left) throw new AppError('refund.too_much', { left });
  return wish.amount;
}

/** What is left of what was paid, in minor units: without what is noted, and without what Stripe gave back besides. */
export function leftOf(refunds: readonly RefundRequest[], payment: Payment | null): number {
  const noted = refunds.filter(({ state }) => state !== 'failed').reduce((sum, { amount }) => sum + amount, 0);
  const ours = new Set(refunds.map(({ id }) => id));
  const besides = (payment?.refunds ?? []).filter(({ state, requestId }) => state !== 'failed' && !ours.has(requestId ?? ''));
  return Math.max(0, (payment?.charge?.amount ?? 0) - noted - besides.reduce((sum, { amount }) => sum + amount, 0));
}
