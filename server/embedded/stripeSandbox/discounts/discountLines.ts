import type { StoredCoupon, StoredLineItem } from '../store/kinds.js';
import { takeOff } from './takeOff.js';

/** The lines of a session with the coupon's discount on them; they add up to the total. */
export function discountLines(lines: readonly StoredLineItem[], coupon: StoredCoupon | null): StoredLineItem[] {
  const things = lines.map(({ amount_subtotal: amount, price }) => ({ amount, product: typeof price.product === 'string' ? price.product : '' }));
  const off = takeOff(coupon, things);
  return lines.map((line, place) => ({ ...line, amount_discount: off[place] ?? 0, amount_total: line.amount_subtotal - (off[place] ?? 0) }));
}
