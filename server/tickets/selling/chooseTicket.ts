import type { TicketType } from '../../../shared/contracts/selling.js';
import { AppError } from '../../../shared/failures.js';
import { priceFor, type Buyer } from '../../../shared/pricing.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { OrderedTicket, OrderPrice } from '../../models/order.js';
import { Seats } from '../../models/seats.js';
import { Tier } from '../../models/tier.js';
import { saleOf, type WorkshopDocument } from '../../models/workshop.js';

/** What a buyer has chosen, and what it costs them now. */
export interface Choice {
  ticket: OrderedTicket;
  price: OrderPrice;
  /** What it costs where the price for the first has just gone to somebody else. */
  afterTheFirst: OrderPrice;
}

/**
 * The ticket of this type at this actor's price now. The price for the first is judged again when the seat is held.
 *
 * @throws ticket.type_not_found - the workshop sells no such ticket.
 */
export async function chooseTicket(deps: Deps, actor: Actor, workshop: WorkshopDocument, typeKey: string): Promise<Choice> {
  const { types, currency } = saleOf(workshop);
  const type = types.find(({ key }) => key === typeKey);
  if (!type) throw new AppError('ticket.type_not_found');
  const now = deps.now();
  const [tiers, firstLeft] = await Promise.all([Tier.inOrder(), countFirst(workshop, type, now)]);
  const buyer: Buyer = { tierRank: actor.tierRank, tiers, now };
  const priceAt = (left: number): OrderPrice => {
    const { amount, reason } = priceFor({ ...type, firstLeft: left }, buyer);
    return { price: { amount, currency }, why: { list: type.price, reason } };
  };
  return { ticket: { typeKey, name: type.name, pool: type.pool }, price: priceAt(firstLeft), afterTheFirst: priceAt(0) };
}

async function countFirst(workshop: WorkshopDocument, { key, rules }: TicketType, now: Date): Promise<number> {
  const first = rules.find((rule) => rule.kind === 'first');
  if (!first) return 0;
  const counts = (await Seats.count([workshop._id], now)).get(String(workshop._id));
  return first.count - (counts?.firstCame.get(key) ?? 0);
}
