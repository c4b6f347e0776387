import type { CouponView } from '../../shared/contracts/coupons.js';
import type { Deps } from '../deps.js';
import { Coupon } from '../models/money/coupon.js';
import { viewCoupon } from './coupons.views.js';

/** All coupons, the newest first. */
export async function listCoupons(deps: Deps): Promise<CouponView[]> {
  return (await Coupon.rows(deps.now())).map(viewCoupon);
}
