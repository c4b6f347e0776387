import { Decimal128, Double, Int32, Long } from 'bson';
import { StoreFailure } from '../../failures.js';
import type { Numeric, Value } from '../../values/bson.js';
import { decimalOf, divideHalfEven } from '../../values/decimal.js';
import { addWide, divide, integer, multiply, remainder, subtract, toExact, toNumber } from '../../values/numbers.js';
import { isNullish, numeric, overValues, shown, whole } from '../arguments.js';
import type { OperatorCompiler } from '../context.js';

/** A one-argument function of real numbers; null passes through. */
function real(name: string, compute: (value: number) => number, least = -Infinity, most = Infinity): [string, OperatorCompiler] {
  return overValues(name, 1, 1, ([value]) => {
    if (isNullish(value)) return null;
    const number = numeric(name, value);
    if (toNumber(number) < least || toNumber(number) > most) throw new StoreFailure(50989, `cannot apply ${name} to ${toNumber(number)}`);
    const result = new Double(compute(toNumber(number)));
    return number instanceof Decimal128 ? Decimal128.fromString(String(result.value)) : result;
  });
}

function sum(values: readonly (Value | undefined)[]): Value {
  let total: Numeric = new Int32(0);
  let date: Date | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (date !== undefined) throw new StoreFailure(16612, 'only one date allowed in an $add expression');
      date = value;
    } else {
      total = addWide(total, numeric('$add', value, 14));
    }
  }
  return date === undefined ? total : new Date(date.getTime() + Math.round(toNumber(total)));
}

function difference(left: Value | undefined, right: Value | undefined): Value {
  if (isNullish(left) || isNullish(right)) return null;
  if (left instanceof Date) {
    if (right instanceof Date) return Long.fromNumber(left.getTime() - right.getTime());
    return new Date(left.getTime() - Math.round(toNumber(numeric('$subtract', right, 14))));
  }
  const a = numeric('$subtract', left, 14);
  const b = numeric('$subtract', right, 14);
  return subtract(a, b) ?? new Double(toNumber(a) - toNumber(b));
}

function product(values: readonly (Value | undefined)[]): Value {
  let total: Numeric = new Int32(1);
  for (const value of values) {
    if (isNullish(value)) return null;
    const factor = numeric('$multiply', value, 14);
    total = multiply(total, factor) ?? new Double(toNumber(total) * toNumber(factor));
  }
  return total;
}

function quotient(name: string, left: Value | undefined, right: Value | undefined, compute: (left: Numeric, right: Numeric) => Numeric | undefined): Value {
  if (isNullish(left) || isNullish(right)) return null;
  const result = compute(numeric(name, left, 14), numeric(name, right, 14));
  if (result === undefined) throw new StoreFailure('BadValue', `can't ${name} by zero`);
  return result;
}

function absolute(value: Numeric): Value {
  if (value instanceof Double) return new Double(Math.abs(value.value));
  if (value instanceof Decimal128) return Decimal128.fromString(value.toString().replace('-', ''));
  const result = value instanceof Long ? value.toBigInt() : BigInt(value.value);
  if (result === -(2n ** 63n)) throw new StoreFailure(28680, "can't take $abs of long long min");
  return value instanceof Long ? Long.fromBigInt(result < 0n ? -result : result) : integer(result < 0n ? -result : result);
}

type Rounding = 'floor' | 'ceil' | 'trunc' | 'round';

/** Rounds a number at a decimal place (0: whole, 2: hundredths, -1: tens), keeping its type. */
function rounded(value: Numeric, place: number, rounding: Rounding): Value {
  const exact = toExact(value);
  if (exact === undefined || -exact.exponent <= place) return value;
  const divisor = 10n ** BigInt(Math.min(-exact.exponent - place, 5000));
  const steps = roundQuotient(exact.coefficient, divisor, rounding);
  const result = { coefficient: steps, exponent: -place };
  if (value instanceof Decimal128) return decimalOf(result);
  if (value instanceof Double) return new Double(Number(`${steps}E${-place}`));
  const scaled = steps * 10n ** BigInt(-place);
  return value instanceof Long ? Long.fromBigInt(scaled) : integer(scaled);
}

function roundQuotient(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const truncated = dividend / divisor;
  const inexact = truncated * divisor !== dividend;
  if (rounding === 'floor') return inexact && dividend < 0n ? truncated - 1n : truncated;
  if (rounding === 'ceil') return inexact && dividend > 0n ? truncated + 1n : truncated;
  if (rounding === 'trunc') return truncated;
  return dividend < 0n ? -divideHalfEven(-dividend, divisor) : divideHalfEven(dividend, divisor);
}

function placed(name: '$round' | '$trunc', rounding: Rounding): [string, OperatorCompiler] {
  return overValues(name, 1, 2, ([value, place]) => {
    if (isNullish(value) || place === null) return null;
    const places = place === undefined ? 0 : whole(name, place, 51082);
    if (places < -20 || places > 100) throw new StoreFailure(51083, `cannot apply ${name} with precision value ${places}, value must be in [-20, 100]`);
    return rounded(numeric(name, value, 51081), places, rounding);
  });
}

function power(base: Value | undefined, exponent: Value | undefined): Value {
  if (isNullish(base) || isNullish(exponent)) return null;
  const a = numeric('$pow', base, 28762);
  const b = numeric('$pow', exponent, 28763);
  const x = toNumber(a);
  const y = toNumber(b);
  if (x === 0 && y < 0) throw new StoreFailure(28764, '$pow cannot take a base of 0 and a negative exponent');
  if (a instanceof Decimal128 || b instanceof Decimal128) return Decimal128.fromString(String(x ** y));
  if (a instanceof Double || b instanceof Double || y < 0) return new Double(x ** y);
  const exact = y < 64 || Math.abs(x) <= 1 ? (toExact(a)?.coefficient ?? 0n) ** BigInt(y) : undefined;
  if (exact === undefined || exact >= 2n ** 63n || exact < -(2n ** 63n)) return new Double(x ** y);
  return a instanceof Long || b instanceof Long ? Long.fromBigInt(exact) : integer(exact);
}

function bitwise(name: string, start: bigint, combine: (left: bigint, right: bigint) => bigint): [string, OperatorCompiler] {
  return overValues(name, 0, Infinity, (values) => {
    let result = start;
    let long = false;
    for (const value of values) {
      if (isNullish(value)) return null;
      if (!(value instanceof Int32) && !(value instanceof Long)) throw new StoreFailure('TypeMismatch', `${name} only supports int and long operands, not ${shown(value)}`);
      long ||= value instanceof Long;
      result = combine(result, value instanceof Long ? value.toBigInt() : BigInt(value.value));
    }
    return long ? Long.fromBigInt(BigInt.asIntN(64, result)) : new Int32(Number(BigInt.asIntN(32, result)));
  });
}

/** Arithmetic; null or missing operands give null, types are kept as in `numbers.ts`. */
export const arithmeticOperators: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  overValues('$add', 0, Infinity, sum),
  overValues('$subtract', 2, 2, ([left, right]) => difference(left, right)),
  overValues('$multiply', 0, Infinity, product),
  overValues('$divide', 2, 2, ([left, right]) => quotient('$divide', left, right, divide)),
  overValues('$mod', 2, 2, ([left, right]) => quotient('$mod', left, right, remainder)),
  overValues('$abs', 1, 1, ([value]) => (isNullish(value) ? null : absolute(numeric('$abs', value)))),
  overValues('$ceil', 1, 1, ([value]) => (isNullish(value) ? null : rounded(numeric('$ceil', value), 0, 'ceil'))),
  overValues('$floor', 1, 1, ([value]) => (isNullish(value) ? null : rounded(numeric('$floor', value), 0, 'floor'))),
  placed('$round', 'round'),
  placed('$trunc', 'trunc'),
  overValues('$pow', 2, 2, ([base, exponent]) => power(base, exponent)),
  real('$sqrt', Math.sqrt, 0), real('$exp', Math.exp), real('$ln', Math.log, Number.MIN_VALUE), real('$log10', Math.log10, Number.MIN_VALUE),
  overValues('$log', 2, 2, ([value, base]) => (isNullish(value) || isNullish(base) ? null : new Double(Math.log(toNumber(numeric('$log', value, 28756))) / Math.log(toNumber(numeric('$log', base, 28757)))))),
  real('$sin', Math.sin), real('$cos', Math.cos), real('$tan', Math.tan), real('$asin', Math.asin, -1, 1), real('$acos', Math.acos, -1, 1),
  real('$atan', Math.atan), real('$sinh', Math.sinh), real('$cosh', Math.cosh), real('$tanh', Math.tanh), real('$asinh', Math.asinh),
  real('$acosh', Math.acosh, 1), real('$atanh', Math.atanh, -1, 1),
  real('$degreesToRadians', (value) => (value * Math.PI) / 180), real('$radiansToDegrees', (value) => (value * 180) / Math.PI),
  overValues('$atan2', 2, 2, ([y, x]) => (isNullish(y) || isNullish(x) ? null : new Double(Math.atan2(toNumber(numeric('$atan2', y)), toNumber(numeric('$atan2', x)))))),
  bitwise('$bitAnd', -1n, (left, right) => left & right),
  bitwise('$bitOr', 0n, (left, right) => left | right),
  bitwise('$bitXor', 0n, (left, right) => left ^ right),
  overValues('$rand', 0, 1, () => new Double(Math.random())),
]);
