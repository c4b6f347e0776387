/** The only way to what a coupon's code takes off. */
import { AppError, type FailureData } from '../../../shared/failures.js';
import { Coupon, isOver, type CouponDocument } from '../../models/money/coupon.js';
import { saleOf, type WorkshopDocument } from '../../models/workshop.js';
import type { Actor } from '../actor.js';

type Reason = FailureData<'coupon.refused'>['reason'];

/**
 * The coupon, if this actor may use its code for this workshop now. Whether a use is free is judged again when it is held;
 * here the actor's own holds do not count, for the order that has one may be the very one that is asked about.
 *
 * @throws coupon.refused - with the reason.
 */
export async function accessCoupon(actor: Actor, code: string, workshop: WorkshopDocument, now: Date): Promise<CouponDocument> {
  const coupon = await Coupon.findOne({ code }).lean();
  const reason = coupon ? reasonAgainst(coupon, actor, workshop, now) : 'unknown';
  if (!coupon || reason) throw new AppError('coupon.refused', { reason: reason ?? 'unknown' });
  return coupon;
}

function reasonAgainst(coupon: CouponDocument, actor: Actor, workshop: WorkshopDocument, now: Date): Reason | null {
  const { off, workshopId, taken, holds, usesMax, usesPerMember } = coupon;
  const isHere = workshopId === null || workshopId.equals(workshop._id);
  if (!isHere || (off.kind === 'amount' && off.currency !== saleOf(workshop).currency)) return 'not_here';
  if (isOver(coupon, now)) return 'over';
  const isMine = (claim: { memberId: unknown }): boolean => String(claim.memberId) === actor.memberId;
  if (taken.filter(isMine).length >= usesPerMember) return 'yours_used_up';
  const others = holds.filter((hold) => hold.until > now && !isMine(hold));
  return taken.length + others.length >= usesMax ? 'used_up' : null;
}
