/** Coupons: codes of ours that make a ticket cheaper, so many times in all and so many times a member. */
import { z } from 'zod';
import { defineRoute } from '../define.js';
import { ClientId, Id } from '../ids.js';
import { limits } from '../limits.js';
import { ChosenCurrency } from '../money.js';

/** As it is kept and compared: in capitals, however it was typed. */
export const CouponCode = z.string().trim().toUpperCase().regex(/^[A-Z0-9][A-Z0-9-]{2,31}$/, 'a code is 3 to 32 letters, digits and dashes');

/** What it takes off the price that the rules give: a part of it, or an amount in minor units of one currency. */
export const CouponOff = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), percent: z.int().min(1).max(100) }),
  z.strictObject({ kind: z.literal('amount'), amount: z.int().min(1).max(limits.priceMax), currency: ChosenCurrency }),
]);
export type CouponOff = z.infer<typeof CouponOff>;

/** `clientCouponId` names the coupon, so that a retry makes it once. */
export const CreateCoupon = z.strictObject({
  clientCouponId: ClientId,
  code: CouponCode,
  off: CouponOff,
  /** How many orders may use it, those that hold a seat included; and how many of one member. */
  usesMax: z.int().min(1).max(limits.couponUsesMax),
  usesPerMember: z.int().min(1).max(limits.couponUsesMax),
  /** Null is never. */
  expiresAt: z.iso.datetime().nullable(),
  /** The only workshop it is for; null is every one. */
  workshopId: Id.nullable(),
});
export type CreateCoupon = z.infer<typeof CreateCoupon>;

/** A coupon as the organizer sees it. */
export const CouponView = z.object({
  id: Id,
  code: z.string(),
  off: CouponOff,
  usesMax: z.int(),
  usesPerMember: z.int(),
  expiresAt: z.iso.datetime().nullable(),
  workshopId: Id.nullable(),
  /** Orders that were paid with it, and orders that hold one while they are at the checkout. */
  used: z.int().nonnegative(),
  held: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
  /** When an organizer closed it; from then on nobody begins an order with it. */
  closedAt: z.iso.datetime().nullable(),
});
export type CouponView = z.infer<typeof CouponView>;

export const coupons = {
  /** All of them, the newest first. */
  list: defineRoute('get', '/api/coupons', { who: 'organizer', input: z.strictObject({}), output: z.array(CouponView) }),
  create: defineRoute('post', '/api/coupons', { who: 'organizer', input: CreateCoupon, output: CouponView, failures: ['coupon.code_taken', 'workshop.not_found'] }),
  /** Orders that hold one keep it. */
  close: defineRoute('post', '/api/coupons/:couponId/close', { who: 'organizer', input: z.strictObject({ couponId: Id }), output: CouponView, failures: ['coupon.not_found'] }),
} as const;
