/** What a ticket costs whom: the server judges by it at the sale, and the client shows by it what will be asked. */
import type { CouponOff } from './contracts/coupons.js';
import type { PriceReason, PriceRule } from './contracts/selling.js';
import { floorToCharge, leastCharge, type Money } from './money.js';

/** The kind of ticket: what everybody pays, and what makes it cheaper. Amounts are in minor units of one currency. */
export interface PricedTicket {
  price: number;
  rules: readonly PriceRule[];
  /** How many of the first are still to come; null without such a rule. */
  firstLeft: number | null;
}

/** Who asks, and when. */
export interface Buyer {
  tierRank: number;
  tiers: readonly { key: string; name: string; rank: number }[];
  now: Date;
}

export interface RulePrice {
  amount: number;
  reason: PriceReason;
}

/** The cheapest price that a rule gives this buyer now; of two alike the one written first. */
export function priceFor({ price, rules, firstLeft }: PricedTicket, buyer: Buyer): RulePrice {
  let best: RulePrice = { amount: price, reason: { kind: 'list' } };
  for (const rule of rules) {
    const reason = reasonOf(rule, firstLeft ?? 0, buyer);
    if (reason && rule.price < best.amount) best = { amount: rule.price, reason };
  }
  return best;
}

/**
 * How much a coupon takes off a price, in the price's minor units: a percentage is rounded half up, no more goes off than
 * there is, and what would be left that cannot be charged, since it is too little or no such coin, is let off as well.
 */
export function couponOff({ amount, currency }: Money, off: CouponOff): number {
  const wanted = off.kind === 'percent' ? Math.floor((amount * off.percent + 50) / 100) : off.amount;
  const left = floorToCharge(amount - Math.min(amount, wanted), currency);
  return left < leastCharge(currency) ? amount : amount - left;
}

/** The reason the rule gives this buyer; null where it does not hold. */
function reasonOf(rule: PriceRule, firstLeft: number, { tierRank, tiers, now }: Buyer): PriceReason | null {
  switch (rule.kind) {
    case 'member': {
      const tier = tiers.find(({ key }) => key === rule.tierKey);
      return tier && tier.rank <= tierRank ? { kind: 'member', tierName: tier.name } : null;
    }
    case 'early':
      return now < new Date(rule.until) ? { kind: 'early', until: rule.until } : null;
    case 'first':
      return firstLeft > 0 ? { kind: 'first', count: rule.count } : null;
  }
}
