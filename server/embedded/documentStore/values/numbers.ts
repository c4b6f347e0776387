import { Decimal128, Double, Int32, Long } from 'bson';
import type { Numeric } from './bson.js';
import {
  addExact, compareExact, decimalOf, divideExact, exactOf, exactOfDouble, exactOfText, multiplyExact, remainderExact, type Exact,
} from './decimal.js';

const minInt32 = -0x80000000;
const maxInt32 = 0x7fffffff;
const minInt64 = -(2n ** 63n);
const maxInt64 = 2n ** 63n - 1n;

/** The value as a JavaScript number; a Long or Decimal128 beyond its precision is rounded. */
export function toNumber(value: Numeric): number {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  return value instanceof Long ? value.toNumber() : Number(value.toString());
}

/** Whether the value is a whole number that fits 64 bits; the test many options ("limit", "$slice") apply. */
export function wholeNumber(value: Numeric): number | undefined {
  const number = toNumber(value);
  return Number.isInteger(number) && Math.abs(number) <= 2 ** 63 ? number : undefined;
}

/** The narrowest integer type that holds the number. */
export function integer(value: bigint | number): Int32 | Long {
  if (value >= minInt32 && value <= maxInt32) return new Int32(Number(value));
  return Long.fromBigInt(BigInt(value));
}

/** Whether a value is NaN, in either floating type. */
export function isNaNumber(value: Numeric): boolean {
  return value instanceof Double ? Number.isNaN(value.value) : value instanceof Decimal128 && value.toString() === 'NaN';
}

function toBigInt(value: Int32 | Long): bigint {
  return value instanceof Int32 ? BigInt(value.value) : value.toBigInt();
}

/** The exact decimal value, or undefined for NaN and the infinities. */
export function toExact(value: Numeric): Exact | undefined {
  if (value instanceof Int32 || value instanceof Long) return { coefficient: toBigInt(value), exponent: 0 };
  if (value instanceof Decimal128) return exactOf(value);
  return Number.isFinite(value.value) ? exactOfDouble(value.value) : undefined;
}

/**
 * A number as Decimal128. A double is taken at 15 significant digits, as MongoDB does, so that 0.1 becomes 0.1.
 */
export function toDecimal(value: Numeric): Decimal128 {
  if (value instanceof Decimal128) return value;
  if (value instanceof Double) {
    if (!Number.isFinite(value.value)) return Decimal128.fromString(Number.isNaN(value.value) ? 'NaN' : value.value > 0 ? 'Infinity' : '-Infinity');
    const exact = exactOfText(value.value.toPrecision(15));
    return exact === undefined ? Decimal128.fromString('NaN') : decimalOf(exact);
  }
  return Decimal128.fromString(toBigInt(value).toString());
}

/** BSON order among numbers of any type: by exact value, NaN before everything. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  if (left instanceof Int32 && right instanceof Int32) return left.value - right.value;
  if (left instanceof Long && right instanceof Long) return left.compare(right);
  const a = toNumber(left);
  const b = toNumber(right);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  const decimal = left instanceof Decimal128 || right instanceof Decimal128;
  // Doubles hold these exactly; only what may have been rounded needs exact arithmetic.
  const held = Math.abs(a) < 2 ** 53 && Math.abs(b) < 2 ** 53;
  if (!decimal && (held || (left instanceof Double && right instanceof Double))) return a < b ? -1 : a > b ? 1 : 0;
  const exactLeft = toExact(left);
  const exactRight = toExact(right);
  if (exactLeft === undefined || exactRight === undefined) return a < b ? -1 : a > b ? 1 : 0;
  if (exactLeft.exponent - exactRight.exponent > 700 || exactRight.exponent - exactLeft.exponent > 700) {
    return compareMagnitudes(exactLeft, exactRight);
  }
  return compareExact(exactLeft, exactRight);
}

/** Compares by sign, then by the place of the leading digit, before falling back to exact alignment. */
function compareMagnitudes(left: Exact, right: Exact): number {
  const signs = Math.sign(Number(left.coefficient > 0n) - Number(left.coefficient < 0n)) - Math.sign(Number(right.coefficient > 0n) - Number(right.coefficient < 0n));
  if (signs !== 0) return signs;
  if (left.coefficient === 0n) return 0;
  const magnitude = ({ coefficient, exponent }: Exact): number => coefficient.toString().replace('-', '').length + exponent;
  const difference = magnitude(left) - magnitude(right);
  if (difference === 0) return compareExact(left, right);
  return left.coefficient > 0n ? difference : -difference;
}

type DoubleStep = (left: number, right: number) => number;
type ExactStep = (left: Exact, right: Exact) => Exact;
type WholeStep = (left: bigint, right: bigint) => bigint;

function combine(left: Numeric, right: Numeric, whole: WholeStep, double: DoubleStep, exact: ExactStep): Numeric | undefined {
  if (left instanceof Decimal128 || right instanceof Decimal128) {
    const a = exactOf(toDecimal(left));
    const b = exactOf(toDecimal(right));
    if (a !== undefined && b !== undefined) return decimalOf(exact(a, b));
    return toDecimal(new Double(double(toNumber(left), toNumber(right))));
  }
  if (left instanceof Double || right instanceof Double) return new Double(double(toNumber(left), toNumber(right)));
  const result = whole(toBigInt(left), toBigInt(right));
  if (result < minInt64 || result > maxInt64) return undefined;
  return left instanceof Long || right instanceof Long ? Long.fromBigInt(result) : integer(result);
}

/** Sum in the wider of the two types; int grows to long; undefined when it leaves 64 bits. */
export function add(left: Numeric, right: Numeric): Numeric | undefined {
  return combine(left, right, (a, b) => a + b, (a, b) => a + b, addExact);
}

/** Difference, typed as `add`. */
export function subtract(left: Numeric, right: Numeric): Numeric | undefined {
  return combine(left, right, (a, b) => a - b, (a, b) => a - b, (a, b) => addExact(a, { ...b, coefficient: -b.coefficient }));
}

/** Product, typed as `add`. */
export function multiply(left: Numeric, right: Numeric): Numeric | undefined {
  return combine(left, right, (a, b) => a * b, (a, b) => a * b, multiplyExact);
}

/** Quotient: a double, or a decimal when either operand is one; undefined for a division by zero. */
export function divide(left: Numeric, right: Numeric): Numeric | undefined {
  if (toNumber(right) === 0) return undefined;
  if (left instanceof Decimal128 || right instanceof Decimal128) {
    return combine(toDecimal(left), toDecimal(right), (a) => a, (a, b) => a / b, divideExact);
  }
  return new Double(toNumber(left) / toNumber(right));
}

/** Remainder with the dividend's sign, typed as `add`; undefined for a division by zero. */
export function remainder(left: Numeric, right: Numeric): Numeric | undefined {
  if (toNumber(right) === 0) return undefined;
  return combine(left, right, (a, b) => a % b, (a, b) => a % b, remainderExact);
}

/** A result that left the 64-bit integers becomes a double in expressions, where it is an error in `$inc`. */
export function addWide(left: Numeric, right: Numeric): Numeric {
  return add(left, right) ?? new Double(toNumber(left) + toNumber(right));
}
