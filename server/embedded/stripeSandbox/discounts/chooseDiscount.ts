/** Which coupon a session gets, and whether it may have it. */
import { badRequest, noSuchReference } from '../api/apiFault.js';
import type { StoredCoupon, StoredPromotionCode, StoredSession } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { isValid } from './isValid.js';

/** What is asked for: one of the two. */
export interface DiscountRequest {
  coupon?: string;
  promotion_code?: string;
}

/** What is bought, and by whom; `subtotal` is in minor units of `currency`. */
export interface Purchase {
  customer: string | null;
  currency: string;
  subtotal: number;
}

/** A discount that may be had. */
export interface Discount {
  coupon: StoredCoupon;
  promotionCode: StoredPromotionCode | null;
}

/**
 * Finds what is asked for and judges it for this purchase.
 *
 * @param param - the parameter that asks, as the caller wrote it.
 * @throws ApiFault 400 when it is not there, has run out, or is not for this purchase.
 */
export function chooseDiscount(turn: Turn, { coupon: couponId, promotion_code: codeId }: DiscountRequest, purchase: Purchase, param: string): Discount {
  if ((couponId === undefined) === (codeId === undefined))
    throw badRequest('Exactly one of these parameters is needed: coupon, promotion_code.', { param });
  const promotionCode = codeId === undefined ? null : (turn.draft.get('promotion_code', codeId) ?? null);
  if (codeId !== undefined && !promotionCode) throw noSuchReference('promotion code', codeId, `${param}[promotion_code]`);
  const wanted = couponId ?? String(promotionCode?.promotion.coupon ?? '');
  const coupon = turn.draft.get('coupon', wanted);
  if (!coupon) throw noSuchReference('coupon', wanted, param);
  judgeCoupon(turn, coupon, purchase, param);
  if (promotionCode) judgeCode(turn, promotionCode, purchase, param);
  return { coupon, promotionCode };
}

function judgeCoupon({ now }: Turn, coupon: StoredCoupon, { currency }: Purchase, param: string): void {
  if (!isValid(coupon, now)) throw badRequest(`Coupon ${coupon.id} is used up or has expired.`, { code: 'coupon_expired', param });
  if (coupon.currency !== null && coupon.currency !== currency)
    throw badRequest(`Coupon ${coupon.id} takes off ${coupon.currency}, and the total is in ${currency}.`, { param });
}

function judgeCode(turn: Turn, code: StoredPromotionCode, { customer, currency, subtotal }: Purchase, param: string): void {
  const refuse = (why: string, reason = 'promotion_code_not_valid'): never => {
    throw badRequest(`Promotion code ${code.code} ${why}.`, { code: reason, param });
  };
  const { first_time_transaction: isForFirst, minimum_amount: minimum, minimum_amount_currency: unit } = code.restrictions;
  if (!code.active) refuse('is not active');
  if (code.expires_at !== null && code.expires_at <= turn.now) refuse('has expired');
  if (code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions) refuse('is used up');
  if (code.customer !== null && code.customer !== customer) refuse('is somebody else’s', 'promotion_code_customer_mismatch');
  if (minimum !== null && (unit !== currency || subtotal < minimum)) refuse('needs a larger total', 'promotion_code_minimum_not_met');
  if (isForFirst && customer !== null && hasPaid(turn, customer)) refuse('is for a first purchase', 'customer_not_first_time');
}

/** Whether the customer has ever paid anything. */
function hasPaid({ draft }: Turn, customer: string): boolean {
  for (const charge of draft.walk('charge', { where: { field: 'customer', value: customer } })) if (charge.status === 'succeeded') return true;
  return false;
}

/** Counts what a paid session has used. Between opening and paying nobody's place is kept, so a count may pass its cap: what was promised on the page is given. */
export function redeem({ draft }: Turn, { discounts }: Pick<StoredSession, 'discounts'>): void {
  for (const { coupon: couponId, promotion_code: codeId } of discounts ?? []) {
    const coupon = draft.get('coupon', String(couponId ?? ''));
    if (coupon) draft.put('coupon', { ...coupon, times_redeemed: coupon.times_redeemed + 1 });
    const code = draft.get('promotion_code', String(codeId ?? ''));
    if (code) draft.put('promotion_code', { ...code, times_redeemed: code.times_redeemed + 1 });
  }
}
