import type { RefundState } from '../../../shared/refunds.js';
import type { Deps } from '../../deps.js';
import type { RefundAsks } from '../../models/money/orderParts.js';
import { unrepaired } from '../../models/money/refundRequest.js';
import { Order, type OrderDocument } from '../../models/order.js';
import { tellOrder } from '../tellOrder.js';
import { advance } from './advance.js';
import type { Payment, PaymentRefund } from './readPayment.js';

/**
 * Moves an order on by the refunds Stripe has for it, whoever asked for them. The right ends as soon as the whole price is
 * on its way back, or a part for which the seat was given up; another part leaves it. Refunds that have failed are for a
 * person to look at.
 */
export async function settleRefund(deps: Deps, before: OrderDocument, payment: Payment): Promise<OrderDocument> {
  if (!payment.charge) return before;
  const { order, hasNews } = await noteStates(before, payment, deps.now());
  const settled = await moveOn(deps, order, payment);
  // A move tells of itself.
  if (hasNews && settled.state === order.state) await tellOrder(deps, settled);
  return settled;
}

async function moveOn(deps: Deps, order: OrderDocument, payment: Payment): Promise<OrderDocument> {
  const standing = payment.refunds.filter(({ state }) => state !== 'failed');
  if (!isGivenUp(order, standing, payment)) return lookForStuck(deps, order, payment);
  if (order.state === 'refunded') return lookForStuck(deps, order, payment);
  const refundAskedAt = order.refundAskedAt ?? deps.now();
  if (standing.every(({ state }) => state === 'done')) return lookForStuck(deps, await advance(deps, order, 'refunded', { refundAskedAt, refundedAt: lastOf(standing) ?? deps.now() }), payment);
  const isReturning = order.state === 'refunding' || order.state === 'late';
  // A refund that was stuck and is on its way again is nobody's problem any more.
  if (!isReturning || order.problem) return advance(deps, order, order.state === 'late' ? 'late' : 'refunding', { refundAskedAt });
  return order;
}

function isGivenUp({ refunds = [] }: OrderDocument, standing: readonly PaymentRefund[], { charge, returned }: Payment): boolean {
  const forTheSeat = new Set(refunds.filter(({ keepsSeat }) => !keepsSeat).map(({ id }) => id));
  return returned >= (charge?.amount ?? 0) || standing.some(({ requestId }) => forTheSeat.has(requestId ?? ''));
}

/** Notes what Stripe says of each refund, and of all together. */
async function noteStates(before: OrderDocument, { refunds, returned }: Payment, now: Date): Promise<{ order: OrderDocument; hasNews: boolean }> {
  const told = new Map(refunds.flatMap(({ requestId, state }): [string, RefundState][] => (requestId ? [[requestId, state]] : [])));
  const current = await Order.findById(before._id).orFail().lean();
  const refundAsks = asksOf(refunds, current.refundAsks?.since ?? now);
  const asksOtherwise = keyOf(refundAsks) !== keyOf(current.refundAsks);
  const hasNews = asksOtherwise || returned !== (current.returned ?? 0) || (current.refunds ?? []).some(({ id, state }) => (told.get(id) ?? state) !== state);
  return { order: hasNews ? await Order.markRefunds(before._id, told, { returned, refundAsks }) : current, hasNews };
}

/** What Stripe has asked the buyer, the most pressing first; null where it asks nothing. */
function asksOf(refunds: readonly PaymentRefund[], since: Date): RefundAsks | null {
  const asking = refunds.filter(({ state }) => state === 'asks_buyer');
  if (asking.length === 0) return null;
  const ends = asking.flatMap(({ answerBy }) => answerBy?.getTime() ?? []);
  return { since, until: ends.length > 0 ? new Date(Math.min(...ends)) : null };
}

/** Tells what is asked from what is asked otherwise, or not at all. */
const keyOf = (asks: RefundAsks | null | undefined): string => (asks ? `until ${String(asks.until?.getTime())}` : 'nothing');

/** An order is stuck while something is left of its money, and a refund of it has failed that nothing stands in for. */
async function lookForStuck(deps: Deps, order: OrderDocument, payment: Payment): Promise<OrderDocument> {
  const isReturning = order.state === 'refunding' || order.state === 'late';
  const isOwed = payment.returned < (payment.charge?.amount ?? 0);
  // Money that came too late goes back without having been asked for here.
  const hasFailed = isReturning && payment.refunds.some(({ state, requestId }) => state === 'failed' && requestId === null);
  const isStuck = isOwed && (hasFailed || unrepaired(order.refunds ?? []).length > 0);
  if (isStuck === (order.problem?.kind === 'refund_stuck')) return order;
  if (isStuck) await Order.flag(order._id, 'refund_stuck', deps.now());
  else await Order.unflag(order._id, 'refund_stuck');
  return Order.findById(order._id).orFail().lean();
}

function lastOf(refunds: readonly PaymentRefund[]): Date | null {
  return refunds.length > 0 ? new Date(Math.max(...refunds.map(({ at }) => at.getTime()))) : null;
}
