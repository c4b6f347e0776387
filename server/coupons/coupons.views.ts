/** Coupons as the contract shows them. */
import type { CouponView } from '../../shared/contracts/coupons.js';
import type { CouponRow } from '../models/money/coupon.js';

/** A coupon as the organizer sees it. */
export function viewCoupon(row: CouponRow): CouponView {
  return {
    id: String(row._id),
    code: row.code,
    off: row.off,
    usesMax: row.usesMax,
    usesPerMember: row.usesPerMember,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    workshopId: row.workshopId && String(row.workshopId),
    used: row.used,
    held: row.held,
    createdAt: row.createdAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}
