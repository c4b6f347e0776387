import type { OrderView, StartCheckout } from '../../shared/contracts/tickets.js';
import { accessSale } from '../access/accessSale.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Order } from '../models/order.js';
import { bringToCheckout } from './selling/bringToCheckout.js';
import { chooseTicket } from './selling/chooseTicket.js';
import { isFor, openOrder } from './selling/openOrder.js';
import { viewOrder } from './tickets.views.js';

/**
 * Begins to buy a seat: an order at the price that holds for this member now, a held seat, and a place to pay; a free ticket
 * is the buyer's at once.
 *
 * A retry with the same `clientOrderId` gets the order it made; a member who has an open order for the workshop gets that
 * one if it is for the same ticket and coupon, and else lets it go. What fails leaves nothing behind, and a try with the same id begins
 * anew.
 *
 * @throws workshop.not_found | ticket.sale_closed | order.disputed | ticket.type_not_found
 * @throws ticket.sold_out - no seat is free now.
 * @throws ticket.already_yours - the actor may enter already, or holds a seat.
 * @throws coupon.refused - the code is not good for this, or its last use has just gone.
 * @throws payment.unavailable - Stripe did not open a checkout; the seat was let go.
 * @throws server.busy - other orders of theirs kept standing in the way.
 */
export async function startCheckout(deps: Deps, actor: Actor, input: StartCheckout): Promise<OrderView> {
  const known = await Order.findOne({ memberId: actor.memberId, clientOrderId: input.clientOrderId }).lean();
  if (known && known.state !== 'open') return viewOrder(known);
  const workshop = await accessSale(actor, input.product.workshopId, deps.now());
  const choice = await chooseTicket(deps, actor, workshop, { typeKey: input.product.typeKey, couponCode: input.couponCode });
  const order = await openOrder(deps, actor, workshop, choice, input.clientOrderId);
  const isReady = order.state !== 'open' || order.checkoutUrl !== null;
  return viewOrder(isReady || !isFor(order, choice) ? order : await bringToCheckout(deps, order, choice));
}
