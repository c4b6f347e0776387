import type { Discount } from '../discounts/chooseDiscount.js';
import { discountLines } from '../discounts/discountLines.js';
import type { StoredLineItem } from '../store/kinds.js';

/** The lines with a discount on them, or without any, and what a session says of its price then. Minor units. */
export function priced(bare: readonly StoredLineItem[], discount: Discount | null) {
  const lines = discountLines(bare, discount?.coupon ?? null);
  const sum = (field: 'amount_subtotal' | 'amount_discount' | 'amount_total'): number => lines.reduce((all, line) => all + line[field], 0);
  const total = sum('amount_total');
  return {
    lines,
    amount_subtotal: sum('amount_subtotal'),
    amount_total: total,
    discounts: discount ? [{ coupon: discount.coupon.id, promotion_code: discount.promotionCode?.id ?? null }] : [],
    payment_status: total === 0 ? ('no_payment_required' as const) : ('unpaid' as const),
    total_details: { amount_discount: sum('amount_discount'), amount_shipping: 0, amount_tax: 0 },
  };
}
