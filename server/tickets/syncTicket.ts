import type { Types } from 'mongoose';
import { tickets } from '../../shared/contracts/tickets.js';
import type { Deps } from '../deps.js';
import { Order, type OrderDocument } from '../models/order.js';
import { Workshop } from '../models/workshop.js';
import { roleChannel } from '../realtime/channels.js';
import { planLetters } from './mails/planLetters.js';
import { cancelledWish } from './refunds/cancelledWish.js';
import { noteRefund } from './refunds/noteRefund.js';
import { advance } from './settle/advance.js';
import { alignRight } from './settle/alignRight.js';
import { closeCheckout } from './settle/closeCheckout.js';
import { sendLateLetter } from './settle/lateLetter.js';
import { readPayment, type Payment } from './settle/readPayment.js';
import { recordLedger } from './settle/recordLedger.js';
import { sendRefunds } from './settle/sendRefunds.js';
import { settleCheckout } from './settle/settleCheckout.js';
import { settleDispute } from './settle/settleDispute.js';
import { settleRefund } from './settle/settleRefund.js';
import { startRefund } from './settle/startRefund.js';

const minuteMs = 60_000;

/**
 * Compares an order with Stripe and makes it true here: its state, the seat, the right, the ledger. Webhooks, the buyer's
 * return, the organizer and the timer all come this way, as often and in whatever order they like, and at once: the state
 * only moves forward, and every step may be done again after a crash.
 *
 * @throws payment.unavailable - Stripe does not answer; what is stored stays.
 * @throws server.busy - a refund that is due could not be noted, for others kept being; the next run does it.
 */
export async function syncTicket(deps: Deps, orderId: Types.ObjectId): Promise<OrderDocument> {
  const before = await Order.findById(orderId).orFail().lean();
  const standing = (await Workshop.findById(before.workshopId).select({ state: 1 }).lean())?.state;
  const isOff = standing === 'cancelled';
  const hasEnded = standing === 'ended';
  let payment = await readPayment(deps, before);
  const isOver = isOff || hasEnded || before.holdUntil <= deps.now();
  if (before.state === 'open' && payment?.checkout === 'open' && isOver) {
    await closeCheckout(deps, before);
    payment = await readPayment(deps, before);
  }
  let order = await settleCheckout(deps, before, payment, { isOff, hasEnded });
  if (payment) order = await settleDispute(deps, order, payment);
  if (order.state === 'late' && payment) payment = await returnLateMoney(deps, order, payment, hasEnded);
  if (isOff && order.state === 'paid') order = await noteRefund(deps, order, payment, await cancelledWish(order));
  if (payment) payment = await sendRefunds(deps, order, payment);
  order = payment ? await settleRefund(deps, order, payment) : await settleFreeRefund(deps, order);
  const hasNews = payment !== null && (await recordLedger(order, payment));
  // A run that was cut off after the move left this to the next.
  await alignRight(deps, order);
  await planLetters(deps, order);
  await Order.restUntil(order, nextCheck(deps, order, payment));
  if (hasNews || order.state !== before.state || order.problem?.kind !== before.problem?.kind) {
    deps.publish(roleChannel('organizer'), tickets.moneyChanged, { workshopId: String(order.workshopId) });
  }
  return order;
}

/** A free ticket is back as soon as that is asked. */
async function settleFreeRefund(deps: Deps, order: OrderDocument): Promise<OrderDocument> {
  const isGivenUp = order.state === 'paid' && (order.refunds ?? []).some(({ keepsSeat }) => !keepsSeat);
  return isGivenUp ? advance(deps, order, 'refunded', { refundAskedAt: deps.now(), refundedAt: deps.now() }) : order;
}

async function returnLateMoney(deps: Deps, order: OrderDocument, payment: Payment, hasEnded: boolean): Promise<Payment> {
  if (payment.refunds.length > 0) return payment;
  await sendLateLetter(deps, order, hasEnded);
  await startRefund(deps, order, payment);
  return (await readPayment(deps, order)) ?? payment;
}

/** When there is something left to look at; null when the order is settled, or waits for a person. */
function nextCheck(deps: Deps, order: OrderDocument, payment: Payment | null): Date | null {
  if (order.problem) return null;
  const soon = (minutes: number): Date => new Date(deps.now().getTime() + minutes * minuteMs);
  if ((order.refunds ?? []).some(({ state }) => state === 'asked' || state === 'accepted' || state === 'asks_buyer')) return soon(10);
  switch (order.state) {
    case 'open':
      return order.holdUntil > deps.now() ? order.holdUntil : soon(1);
    case 'paid':
      return payment && !payment.fee ? soon(5) : null;
    case 'refunding':
    case 'late':
      return soon(10);
    // Banks take days, and tell: this is for what gets lost.
    case 'awaiting':
    case 'disputed':
      return soon(60);
    case 'expired':
    case 'failed':
    case 'refunded':
    case 'charged_back':
      return null;
  }
}
