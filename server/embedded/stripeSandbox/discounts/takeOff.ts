/** What a coupon takes off, to the minor unit. */
import type { StoredCoupon } from '../store/kinds.js';

/** Something that a coupon may apply to; `amount` is in minor units, 0 or more. */
export interface Discountable {
  amount: number;
  product: string;
}

/**
 * What a coupon takes off each thing. It is reckoned once, on the sum of what it applies to (a percentage is rounded half
 * up), and dealt out in proportion by largest remainder, so that the parts add up to the total.
 */
export function takeOff(coupon: StoredCoupon | null, things: readonly Discountable[]): number[] {
  const bases = things.map(({ amount, product }) => (coupon && appliesTo(coupon, product) ? amount : 0));
  return dealOut(coupon ? amountOff(coupon, sumOf(bases)) : 0, bases);
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

function appliesTo({ applies_to: only }: StoredCoupon, product: string): boolean {
  return !only || only.products.includes(product);
}

/** In whole hundredths of a per cent, so that no float decides about a cent. */
function amountOff({ amount_off: fixed, percent_off: share }: StoredCoupon, base: number): number {
  if (fixed !== null) return Math.min(fixed, base);
  return Math.floor((base * Math.round((share ?? 0) * 100) + 5_000) / 10_000);
}

/** Splits an amount in proportion to the bases; what is left over goes, unit by unit, to those who lost most by rounding. */
function dealOut(amount: number, bases: readonly number[]): number[] {
  const whole = BigInt(Math.max(1, sumOf(bases)));
  const exact = bases.map((base) => BigInt(amount) * BigInt(base));
  const shares = exact.map((part) => Number(part / whole));
  const byLoss = exact.map((part, place) => ({ place, loss: part % whole })).toSorted((one, other) => (one.loss === other.loss ? one.place - other.place : one.loss > other.loss ? -1 : 1));
  for (const { place } of byLoss.slice(0, amount - sumOf(shares))) shares[place] = (shares[place] ?? 0) + 1;
  return shares;
}
