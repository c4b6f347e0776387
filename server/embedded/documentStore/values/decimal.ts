import { Decimal128 } from 'bson';

/** A finite decimal as an exact pair: `coefficient` × 10^`exponent`. */
export interface Exact { coefficient: bigint; exponent: number }

const maxDigits = 34;

/** The exact value of a finite Decimal128, or undefined for NaN and the infinities. */
export function exactOf(decimal: Decimal128): Exact | undefined {
  return exactOfText(decimal.toString());
}

/** The exact value of a plain or scientific decimal text such as "-12.5E+3"; undefined when it is no finite number. */
export function exactOfText(text: string): Exact | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:E([+-]?\d+))?$/i.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(`${whole}${fraction}` || '0');
  return { coefficient: sign === '-' ? -digits : digits, exponent: Number(exponent) - fraction.length };
}

/** The Decimal128 nearest to an exact value: 34 digits, ties to even. */
export function decimalOf({ coefficient, exponent }: Exact): Decimal128 {
  const negative = coefficient < 0n;
  let digits = negative ? -coefficient : coefficient;
  const excess = digits.toString().length - maxDigits;
  if (excess > 0) {
    digits = divideHalfEven(digits, 10n ** BigInt(excess));
    exponent += excess;
  }
  return Decimal128.fromStringWithRounding(`${negative ? '-' : ''}${digits}E${exponent}`);
}

/** Integer division rounded to the nearest, ties to even; both operands non-negative. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const doubled = (dividend % divisor) * 2n;
  if (doubled < divisor || (doubled === divisor && quotient % 2n === 0n)) return quotient;
  return quotient + 1n;
}

/** Both values as integers of one common exponent. */
function align(left: Exact, right: Exact): [bigint, bigint, number] {
  const exponent = Math.min(left.exponent, right.exponent);
  return [
    left.coefficient * 10n ** BigInt(left.exponent - exponent),
    right.coefficient * 10n ** BigInt(right.exponent - exponent),
    exponent,
  ];
}

/** Exact sum. */
export function addExact(left: Exact, right: Exact): Exact {
  const [a, b, exponent] = align(left, right);
  return { coefficient: a + b, exponent };
}

/** Exact product. */
export function multiplyExact(left: Exact, right: Exact): Exact {
  return { coefficient: left.coefficient * right.coefficient, exponent: left.exponent + right.exponent };
}

/** Quotient to more digits than a Decimal128 holds, so that its one rounding happens in `decimalOf`. */
export function divideExact(left: Exact, right: Exact): Exact {
  const scale = 2 * maxDigits + right.coefficient.toString().length;
  const dividend = left.coefficient * 10n ** BigInt(scale);
  const quotient = dividend / right.coefficient;
  if (quotient * right.coefficient === dividend) return trimExact({ coefficient: quotient, exponent: left.exponent - right.exponent - scale });
  return { coefficient: quotient, exponent: left.exponent - right.exponent - scale };
}

/** The remainder of a truncated division; it has the dividend's sign. */
export function remainderExact(left: Exact, right: Exact): Exact {
  const [a, b, exponent] = align(left, right);
  return { coefficient: a % b, exponent };
}

/** -1, 0 or 1. */
export function compareExact(left: Exact, right: Exact): number {
  const [a, b] = align(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The same value without trailing zeros in its coefficient; zero has exponent 0. */
export function trimExact({ coefficient, exponent }: Exact): Exact {
  if (coefficient === 0n) return { coefficient, exponent: 0 };
  while (coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return { coefficient, exponent };
}

/** The exact decimal value of a finite double: every double is m × 2^e, and 2^-k is 5^k × 10^-k. */
export function exactOfDouble(number: number): Exact {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const power = (biased === 0 ? 1 : biased) - 1075;
  const signed = number < 0 ? -mantissa : mantissa;
  if (power >= 0) return { coefficient: signed << BigInt(power), exponent: 0 };
  return trimExact({ coefficient: signed * 5n ** BigInt(-power), exponent: power });
}
