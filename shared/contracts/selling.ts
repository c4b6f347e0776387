/** What a workshop sells: kinds of ticket over pools of seats, the rules that make one cheaper, and why a price is what it is. */
import { z } from 'zod';
import { limits } from '../limits.js';

/** Names a ticket type or a pool within its workshop. */
export const SaleKey = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'a key is lower-case letters, digits and dashes');

/** What the only ticket type of a workshop is called, and its only pool, where nobody named them. */
export const mainKey = 'main';

/** An amount in minor units of the workshop's currency; 0 is free. */
export const PriceAmount = z.int().nonnegative().max(limits.priceMax);

const Name = z.string().trim().max(limits.ticketNameLength);

/** So many seats, which one or several ticket types share. */
export const SeatPool = z.strictObject({ key: SaleKey, name: Name, capacity: z.int().min(1).max(limits.capacityMax) });
export type SeatPool = z.infer<typeof SeatPool>;

/**
 * What makes a ticket cheaper. member: for members of that tier and of higher ones. early: before a moment. first: for the
 * first so many who take it, held seats included. Of the rules that hold, the cheapest wins.
 */
export const PriceRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('member'), tierKey: z.string().max(40), price: PriceAmount }),
  z.strictObject({ kind: z.literal('early'), until: z.iso.datetime(), price: PriceAmount }),
  z.strictObject({ kind: z.literal('first'), count: z.int().min(1).max(limits.capacityMax), price: PriceAmount }),
]);
export type PriceRule = z.infer<typeof PriceRule>;

/** One kind of ticket. Its seats come out of `pool`. */
export const TicketType = z
  .strictObject({ key: SaleKey, name: Name, pool: SaleKey, price: PriceAmount, rules: z.array(PriceRule).max(limits.priceRulesMax) })
  .refine(({ price, rules }) => rules.every((rule) => rule.price < price), { path: ['rules'], error: 'a rule makes the ticket cheaper' })
  .refine(({ rules }) => rules.filter((rule) => rule.kind === 'first').length <= 1, { path: ['rules'], error: 'one rule is for the first' });
export type TicketType = z.infer<typeof TicketType>;

const areNamed = (ones: readonly { key: string; name: string }[]): boolean =>
  new Set(ones.map((one) => one.key)).size === ones.length && (ones.length === 1 || ones.every((one) => one.name !== ''));

export const SeatPools = z.array(SeatPool).min(1).max(limits.ticketTypesMax).refine(areNamed, { error: 'several pools have different keys, and names' });
export const TicketTypes = z.array(TicketType).min(1).max(limits.ticketTypesMax).refine(areNamed, { error: 'several ticket types have different keys, and names' });

/** A ticket type as everybody sees it. */
export const TicketTypeView = z.object({
  key: z.string(),
  /** Empty where it is the only one. */
  name: z.string(),
  price: PriceAmount,
  rules: z.array(PriceRule),
  /** The key of its pool. */
  pool: z.string(),
  /** Seats of its pool, and how many of them are free now. */
  capacity: z.int().positive(),
  seatsLeft: z.int().nonnegative(),
  /** How many of the first are still to come; null without such a rule. */
  firstLeft: z.int().nonnegative().nullable(),
});
export type TicketTypeView = z.infer<typeof TicketTypeView>;

/** Why the price is what it is, before any coupon. */
export const PriceReason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list') }),
  z.object({ kind: z.literal('member'), tierName: z.string() }),
  z.object({ kind: z.literal('early'), until: z.iso.datetime() }),
  z.object({ kind: z.literal('first'), count: z.int() }),
]);
export type PriceReason = z.infer<typeof PriceReason>;

/** How a price came about: `list` is what everybody pays, `reason` the rule that won, `off` what the coupon took from there. In minor units of the price's currency. */
export const PriceWhy = z.object({ list: PriceAmount, reason: PriceReason, coupon: z.object({ code: z.string(), off: PriceAmount }).nullable() });
export type PriceWhy = z.infer<typeof PriceWhy>;
