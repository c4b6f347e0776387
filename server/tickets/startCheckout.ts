import type { OrderView, StartCheckout } from '../../shared/contracts/tickets.js';
import { AppError } from '../../shared/failures.js';
import { limits } from '../../shared/limits.js';
import { accessSale } from '../access/accessSale.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Order, type OrderDocument } from '../models/order.js';
import { Seats } from '../models/seats.js';
import type { WorkshopDocument } from '../models/workshop.js';
import { openCheckout } from './settle/openCheckout.js';
import { claimOf } from './settle/settleCheckout.js';
import { syncTicket } from './syncTicket.js';
import { tellOrder } from './tellOrder.js';
import { viewOrder } from './tickets.views.js';

const holdMs = limits.seatHoldMinutes * 60_000;
/** Stripe's shortest checkout is half an hour; with less of the hold left, a new attempt begins. */
const leastLeftMs = 30 * 60_000 + 5_000;
/** How many closed orders may stand in the way before the buyer is asked to come again. */
const tries = 3;

/**
 * Begins to buy a seat: an order, a held seat, and a place to pay; a free ticket is the buyer's at once.
 *
 * A retry with the same `clientOrderId` gets the order it made; a member who has an open order for the workshop gets that
 * one. What fails leaves nothing behind, and a try with the same id begins anew.
 *
 * @throws workshop.not_found | ticket.sale_closed
 * @throws ticket.sold_out - no seat is free now.
 * @throws ticket.already_yours - the actor may enter already, or holds a seat.
 * @throws payment.unavailable - Stripe did not open a checkout; the seat was let go.
 */
export async function startCheckout(deps: Deps, actor: Actor, input: StartCheckout): Promise<OrderView> {
  const known = await Order.findOne({ memberId: actor.memberId, clientOrderId: input.clientOrderId }).lean();
  if (known && known.state !== 'open') return viewOrder(known);
  const workshop = await accessSale(actor, input.product.workshopId, deps.now());
  const order = await openOrder(deps, actor, workshop, input.clientOrderId);
  const isReady = order.state !== 'open' || order.checkoutUrl !== null;
  return viewOrder(isReady ? order : await bringToCheckout(deps, order));
}

/** The member's open order for the workshop, made if there is none. One whose hold is over is settled first and gives way. */
async function openOrder(deps: Deps, actor: Actor, workshop: WorkshopDocument, clientOrderId: string): Promise<OrderDocument> {
  for (let left = tries; left > 0; left -= 1) {
    const now = deps.now();
    const order = await Order.openOnce({
      clientOrderId,
      memberId: actor.memberId,
      workshopId: workshop._id,
      workshopTitle: workshop.title,
      startsAt: workshop.startsAt,
      price: workshop.price,
      refundPolicy: workshop.refundPolicy,
      refundRules: workshop.refundRules ?? null,
      holdUntil: new Date(now.getTime() + holdMs),
      createdAt: now,
    });
    if (order.state !== 'open' || order.holdUntil > now) return order;
    const settled = await syncTicket(deps, order._id);
    if (settled.clientOrderId === clientOrderId || settled.state !== 'expired') return settled;
  }
  throw new AppError('server.busy');
}

async function bringToCheckout(deps: Deps, waiting: OrderDocument): Promise<OrderDocument> {
  const order = await withTimeToPay(deps, waiting);
  const answer = await Seats.hold(claimOf(order), order.holdUntil, deps.now());
  if (answer !== 'won') return withdraw(order, answer === 'sold_out' ? 'ticket.sold_out' : 'ticket.already_yours');
  if (order.price.amount === 0) return syncTicket(deps, order._id);
  try {
    const ready = await openCheckout(deps, order);
    await tellOrder(deps, ready);
    return ready;
  } catch (error) {
    if (error instanceof AppError) return withdraw(order, 'payment.unavailable');
    throw error;
  }
}

async function withTimeToPay(deps: Deps, order: OrderDocument): Promise<OrderDocument> {
  const now = deps.now().getTime();
  if (order.holdUntil.getTime() - now >= leastLeftMs) return order;
  return (await Order.renew(order, new Date(now + holdMs))) ?? Order.findById(order._id).orFail().lean();
}

/** Takes back an order that did not reach the checkout, unless the same order did so by a request beside this one. */
async function withdraw(order: OrderDocument, why: 'ticket.sold_out' | 'ticket.already_yours' | 'payment.unavailable'): Promise<OrderDocument> {
  const isWithdrawn = await Order.withdraw(order._id);
  const standing = isWithdrawn ? null : await Order.findById(order._id).lean();
  if (standing) return standing;
  await Seats.release(String(order.workshopId), String(order._id));
  throw new AppError(why);
}
