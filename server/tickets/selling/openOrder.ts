import { AppError } from '../../../shared/failures.js';
import { limits } from '../../../shared/limits.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Order, ticketOf, type OrderDocument } from '../../models/order.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import { syncTicket } from '../syncTicket.js';
import type { Choice } from './chooseTicket.js';
import { letGo } from './letGo.js';

const holdMs = limits.seatHoldMinutes * 60_000;
/** How many closed orders may stand in the way before the buyer is asked to come again. */
const tries = 3;

/**
 * The member's open order for the workshop, made if there is none. One whose hold is over is settled first and gives way, and
 * so does one for something else, unless it bears the same `clientOrderId`.
 *
 * @throws payment.unavailable - an order that stood in the way could not be closed.
 * @throws server.busy - one after the other stood in the way.
 */
export async function openOrder(deps: Deps, actor: Actor, workshop: WorkshopDocument, choice: Choice, clientOrderId: string): Promise<OrderDocument> {
  for (let left = tries; left > 0; left -= 1) {
    const now = deps.now();
    const order = await Order.openOnce({
      clientOrderId,
      memberId: actor.memberId,
      workshopId: workshop._id,
      workshopTitle: workshop.title,
      startsAt: workshop.startsAt,
      ticket: choice.ticket,
      couponId: choice.couponId,
      ...choice.price,
      refundPolicy: workshop.refundPolicy,
      refundRules: workshop.refundRules ?? null,
      holdUntil: new Date(now.getTime() + holdMs),
      createdAt: now,
    });
    const isOver = order.holdUntil <= now;
    if (order.state !== 'open' || (!isOver && (order.clientOrderId === clientOrderId || isFor(order, choice)))) return order;
    const settled = isOver ? await syncTicket(deps, order._id) : await letGo(deps, order);
    if (settled.clientOrderId === clientOrderId || settled.state !== 'expired') return settled;
  }
  throw new AppError('server.busy');
}

/** Whether the order is for what was chosen: its own price may differ, for that is frozen. */
export function isFor(order: OrderDocument, { ticket, couponId }: Choice): boolean {
  return ticketOf(order).typeKey === ticket.typeKey && String(order.couponId ?? null) === String(couponId);
}

/** The order with enough of its hold left for Stripe's shortest checkout, by a new attempt where it has run down. */
export async function withTimeToPay(deps: Deps, order: OrderDocument): Promise<OrderDocument> {
  const now = deps.now().getTime();
  if (order.holdUntil.getTime() - now >= leastLeftMs) return order;
  return (await Order.renew(order, new Date(now + holdMs))) ?? Order.findById(order._id).orFail().lean();
}

/** Stripe's shortest checkout is half an hour; with less of the hold left, a new attempt begins. */
const leastLeftMs = 30 * 60_000 + 5_000;
