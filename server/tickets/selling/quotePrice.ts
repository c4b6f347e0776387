import type { PriceQuote, QuotePrice } from '../../../shared/contracts/tickets.js';
import { accessSale } from '../../access/accessSale.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { chooseTicket } from './chooseTicket.js';

/**
 * What a ticket would cost this actor now with a coupon. Nothing is held by asking.
 *
 * @throws workshop.not_found | ticket.sale_closed | ticket.already_yours | order.disputed | ticket.type_not_found
 * @throws coupon.refused - with the reason.
 */
export async function quotePrice(deps: Deps, actor: Actor, { product, couponCode }: QuotePrice): Promise<PriceQuote> {
  const workshop = await accessSale(actor, product.workshopId, deps.now());
  return (await chooseTicket(deps, actor, workshop, { typeKey: product.typeKey, couponCode })).price;
}
