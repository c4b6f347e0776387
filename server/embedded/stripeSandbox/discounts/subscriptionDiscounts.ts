/** A coupon on a subscription: https://docs.stripe.com/api/discounts */
import type { StoredCoupon, StoredDiscount, StoredSubscription } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import { addIntervals } from '../subscriptions/periods.js';
import type { Turn } from '../turn.js';
import type { Discount } from './chooseDiscount.js';

/** Puts a coupon on a subscription, for as long as the coupon lasts. */
export function createDiscount(
  turn: Turn,
  { coupon, promotionCode }: Discount,
  { customer, subscription, checkoutSession }: { customer: string; subscription: string; checkoutSession: string | null },
): StoredDiscount {
  const months = coupon.duration === 'repeating' ? coupon.duration_in_months : null;
  return turn.draft.put('discount', {
    id: newId('di_'),
    object: 'discount',
    checkout_session: checkoutSession,
    customer,
    customer_account: null,
    end: months ? addIntervals(turn.now, { interval: 'month', interval_count: 1 }, months) : null,
    invoice: null,
    invoice_item: null,
    promotion_code: promotionCode?.id ?? null,
    source: { coupon: coupon.id, type: 'coupon' },
    start: turn.now,
    subscription,
    subscription_item: null,
  });
}

/** The discounts that are on a subscription at a moment, with their coupons. */
export function discountsOn({ draft, now }: Turn, { discounts }: StoredSubscription): { discount: StoredDiscount; coupon: StoredCoupon }[] {
  return discounts.flatMap((id) => {
    const discount = draft.get('discount', String(id));
    const coupon = draft.get('coupon', String(discount?.source.coupon ?? ''));
    const isOver = discount?.end !== null && (discount?.end ?? 0) <= now;
    return discount && coupon && !isOver ? [{ discount, coupon }] : [];
  });
}
