/** Refunds: what is promised at the sale, what that comes to at a moment, and what became of a refund. Amounts are in minor units. */
import { z } from 'zod';
import { limits } from './limits.js';
import { floorToCharge, type Money } from './money.js';

const Hours = z.int().min(0).max(limits.refundHoursMax);

/**
 * What whoever gives a seat back gets: everything until `fullHours` before the start, then `partial.percent` until
 * `partial.hours` before it, and then nothing.
 */
export const RefundRules = z
  .strictObject({ fullHours: Hours, partial: z.strictObject({ percent: z.int().min(1).max(99), hours: Hours }).nullable() })
  .refine(({ fullHours, partial }) => partial === null || partial.hours < fullHours, { path: ['partial'], message: 'a part is given back later than the whole' });
export type RefundRules = z.infer<typeof RefundRules>;

/**
 * asked: noted here, not yet taken by Stripe. accepted: on its way. asks_buyer: Stripe has written to the buyer, who must answer before it can
 * go on its way. done: back with the buyer. failed: it will not come.
 */
export const RefundState = z.enum(['asked', 'accepted', 'asks_buyer', 'done', 'failed']);
export type RefundState = z.infer<typeof RefundState>;

/** One refund of an order; the buyer keeps the seat where it says so. */
export const RefundView = z.object({
  amount: z.int().nonnegative(),
  reason: z.string(),
  by: z.enum(['member', 'organizer', 'cancellation']),
  keepsSeat: z.boolean(),
  state: RefundState,
  askedAt: z.iso.datetime(),
});
export type RefundView = z.infer<typeof RefundView>;

const hourMs = 3_600_000;

/** Until when a rule gives the whole back, and until when a part; null where it gives no part. */
export function refundMoments(rules: RefundRules, startsAt: Date): { fullUntil: Date; partialUntil: Date | null } {
  const before = (hours: number): Date => new Date(startsAt.getTime() - hours * hourMs);
  return { fullUntil: before(rules.fullHours), partialUntil: rules.partial && before(rules.partial.hours) };
}

/** What of `paid` the rules give back at `now`, rounded down to what can be given back; null when they give nothing, or there are none. */
export function refundOwed({ amount: paid, currency }: Money, rules: RefundRules | null, startsAt: Date, now: Date): number | null {
  if (!rules) return null;
  const { fullUntil, partialUntil } = refundMoments(rules, startsAt);
  if (now < fullUntil) return paid;
  return rules.partial && partialUntil && now < partialUntil ? floorToCharge(Math.floor((paid * rules.partial.percent) / 100), currency) : null;
}

/** What of `price` may still be given back: what is asked for or returned already, by us or by hand at Stripe, is not. */
export function refundLeft(price: number, refunds: readonly Pick<RefundView, 'amount' | 'state'>[], returned: number): number {
  const asked = refunds.filter(({ state }) => state !== 'failed').reduce((sum, { amount }) => sum + amount, 0);
  return Math.max(0, price - Math.max(asked, returned));
}
