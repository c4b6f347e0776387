import { Types } from 'mongoose';
import type { CouponView, CreateCoupon } from '../../shared/contracts/coupons.js';
import { AppError } from '../../shared/failures.js';
import { accessWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Coupon } from '../models/money/coupon.js';
import { viewCoupon } from './coupons.views.js';

/**
 * Makes a coupon, once per `clientCouponId`.
 *
 * @throws workshop.not_found - it is to be for a workshop that there is not.
 * @throws coupon.code_taken - another coupon has this code, closed ones included: a code means one thing for ever.
 */
export async function createCoupon(deps: Deps, actor: Actor, input: CreateCoupon): Promise<CouponView> {
  const now = deps.now();
  if (input.workshopId) await accessWorkshop(actor, input.workshopId, 'host', now);
  const coupon = await Coupon.createOnce({
    ...input,
    expiresAt: input.expiresAt === null ? null : new Date(input.expiresAt),
    workshopId: input.workshopId === null ? null : new Types.ObjectId(input.workshopId),
    createdAt: now,
  });
  if (!coupon) throw new AppError('coupon.code_taken');
  const { taken, holds, ...row } = coupon;
  return viewCoupon({ ...row, used: taken.length, held: holds.filter((hold) => hold.until > now).length });
}
