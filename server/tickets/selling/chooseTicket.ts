import type { Types } from 'mongoose';
import type { TicketType } from '../../../shared/contracts/selling.js';
import { AppError } from '../../../shared/failures.js';
import { couponOff, priceFor, type RulePrice } from '../../../shared/pricing.js';
import { accessCoupon } from '../../access/selling/accessCoupon.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import type { CouponDocument } from '../../models/money/coupon.js';
import type { OrderedTicket } from '../../models/money/orderParts.js';
import type { OrderPrice } from '../../models/order.js';
import { Seats } from '../../models/seats.js';
import { Tier } from '../../models/tier.js';
import { saleOf, type WorkshopDocument } from '../../models/workshop.js';

/** What a buyer has chosen, and what it costs them now. */
export interface Choice {
  ticket: OrderedTicket;
  couponId: Types.ObjectId | null;
  price: OrderPrice;
  /** What it costs where the price for the first has just gone to somebody else. */
  afterTheFirst: OrderPrice;
}

/** What the buyer names: a ticket type, and a coupon's code if they have one. */
export interface Wish {
  typeKey: string;
  couponCode?: string | undefined;
}

/**
 * The ticket at this actor's price now. The price for the first and the coupon are judged again when they are held.
 *
 * @throws ticket.type_not_found - the workshop sells no such ticket.
 * @throws coupon.refused - the code is not good for it; with the reason.
 */
export async function chooseTicket(deps: Deps, actor: Actor, workshop: WorkshopDocument, { typeKey, couponCode }: Wish): Promise<Choice> {
  const { types, currency } = saleOf(workshop);
  const type = types.find(({ key }) => key === typeKey);
  if (!type) throw new AppError('ticket.type_not_found');
  const now = deps.now();
  const [tiers, firstLeft, coupon] = await Promise.all([
    Tier.inOrder(),
    countFirst(workshop, type, now),
    couponCode === undefined ? null : accessCoupon(actor, couponCode, workshop, now),
  ]);
  const priceAt = (left: number): OrderPrice => priceWith(coupon, type.price, currency, priceFor({ ...type, firstLeft: left }, { tierRank: actor.tierRank, tiers, now }));
  return { ticket: { typeKey, name: type.name, pool: type.pool }, couponId: coupon?._id ?? null, price: priceAt(firstLeft), afterTheFirst: priceAt(0) };
}

/** The coupon takes off what the rules have left; a ticket that is free as it is uses none up. */
function priceWith(coupon: CouponDocument | null, list: number, currency: string, { amount, reason }: RulePrice): OrderPrice {
  const off = coupon ? couponOff({ amount, currency }, coupon.off) : 0;
  return { price: { amount: amount - off, currency }, why: { list, reason, coupon: coupon && off > 0 ? { code: coupon.code, off } : null } };
}

async function countFirst(workshop: WorkshopDocument, { key, rules }: TicketType, now: Date): Promise<number> {
  const first = rules.find((rule) => rule.kind === 'first');
  if (!first) return 0;
  const counts = (await Seats.count([workshop._id], now)).get(String(workshop._id));
  return first.count - (counts?.firstCame.get(key) ?? 0);
}
