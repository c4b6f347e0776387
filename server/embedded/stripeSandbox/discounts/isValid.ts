import type { StoredCoupon } from '../store/kinds.js';

/** Whether a coupon may still be redeemed at a moment, in seconds since the epoch. */
export function isValid({ redeem_by: until, max_redemptions: max, times_redeemed: times }: StoredCoupon, now: number): boolean {
  return (until === null || until > now) && (max === null || times < max);
}
