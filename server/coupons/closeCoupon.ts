import type { CouponView } from '../../shared/contracts/coupons.js';
import { AppError } from '../../shared/failures.js';
import type { Deps } from '../deps.js';
import { Coupon } from '../models/money/coupon.js';
import { viewCoupon } from './coupons.views.js';

/**
 * Closes a coupon: nobody begins an order with it any more. Orders that hold one keep their price. Closing it again changes
 * nothing.
 *
 * @throws coupon.not_found - there is none.
 */
export async function closeCoupon(deps: Deps, input: { couponId: string }): Promise<CouponView> {
  const now = deps.now();
  const coupon = await Coupon.shut(input.couponId, now);
  const [row] = coupon ? await Coupon.rows(now, coupon._id) : [];
  if (!row) throw new AppError('coupon.not_found');
  return viewCoupon(row);
}
