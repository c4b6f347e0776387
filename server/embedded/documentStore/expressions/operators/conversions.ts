import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { StoreFailure } from '../../failures.js';
import { isDoc, isNumeric, typeName, type Value } from '../../values/bson.js';
import { exactOfText } from '../../values/decimal.js';
import { toDecimal, toNumber } from '../../values/numbers.js';
import { isNullish, isTruthy, namedArguments, overValues } from '../arguments.js';
import type { OperatorCompiler } from '../context.js';
import { numberText } from './strings.js';

function fail(value: Value, target: string): StoreFailure {
  return new StoreFailure('ConversionFailure', `Failed to convert ${typeName(value)} ${String(value)} to ${target} in $convert with no onError value`);
}

function toWhole(value: Value, target: string, least: bigint, most: bigint): bigint {
  let whole: bigint | undefined;
  if (typeof value === 'boolean') whole = value ? 1n : 0n;
  else if (value instanceof Date && target === 'long') whole = BigInt(value.getTime());
  else if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) whole = BigInt(value);
  else if (value instanceof Long) whole = value.toBigInt();
  else if (value instanceof Decimal128) whole = truncated(value);
  else if (isNumeric(value) && Number.isFinite(toNumber(value))) whole = BigInt(Math.trunc(toNumber(value)));
  if (whole === undefined || whole < least || whole > most) throw fail(value, target);
  return whole;
}

function truncated(value: Decimal128): bigint | undefined {
  const exact = exactOfText(value.toString());
  if (exact === undefined || exact.exponent > 20) return undefined;
  return exact.exponent >= 0 ? exact.coefficient * 10n ** BigInt(exact.exponent) : exact.coefficient / 10n ** BigInt(Math.min(-exact.exponent, 6200));
}

function toDouble(value: Value): Value {
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (value instanceof Date) return new Double(value.getTime());
  if (typeof value === 'string' && value.trim() === value && value !== '' && !/^[+-]?0x/i.test(value) && !Number.isNaN(Number(value))) return new Double(Number(value));
  if (isNumeric(value)) return new Double(toNumber(value));
  throw fail(value, 'double');
}

function toDecimalValue(value: Value): Value {
  if (isNumeric(value)) return toDecimal(value);
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
  if (typeof value === 'string' && exactOfText(value) !== undefined) return Decimal128.fromString(value);
  throw fail(value, 'decimal');
}

/** A date from a string as ISO 8601 writes it; without a zone it is UTC. */
export function parseIsoDate(value: string): Date | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i.exec(value.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match;
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : 'Z';
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function toDate(value: Value): Value {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (typeof value === 'string') {
    const date = parseIsoDate(value);
    if (date !== undefined) return date;
  }
  if (isNumeric(value) && !(value instanceof Int32) && Number.isFinite(toNumber(value))) return new Date(Math.trunc(toNumber(value)));
  throw fail(value, 'date');
}

function toObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return ObjectId.createFromHexString(value);
  throw fail(value, 'objectId');
}

function toStringValue(value: Value): Value {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (isNumeric(value)) return numberText(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  throw fail(value, 'string');
}

const conversions: ReadonlyMap<string, (value: Value) => Value> = new Map<string, (value: Value) => Value>([
  ['bool', isTruthy],
  ['int', (value) => new Int32(Number(toWhole(value, 'int', -0x80000000n, 0x7fffffffn)))],
  ['long', (value) => Long.fromBigInt(toWhole(value, 'long', -(2n ** 63n), 2n ** 63n - 1n))],
  ['double', toDouble],
  ['decimal', toDecimalValue],
  ['date', toDate],
  ['objectId', toObjectId],
  ['string', toStringValue],
]);

const typeNumbers = new Map<number, string>([[1, 'double'], [2, 'string'], [7, 'objectId'], [8, 'bool'], [9, 'date'], [16, 'int'], [18, 'long'], [19, 'decimal']]);

function conversionTo(target: Value | undefined): (value: Value) => Value {
  const name = isNumeric(target) ? typeNumbers.get(toNumber(target)) : target;
  const conversion = typeof name === 'string' ? conversions.get(name) : undefined;
  if (conversion === undefined) throw new StoreFailure('BadValue', `Unknown type name: ${String(target)}`);
  return conversion;
}

const compileConvert: OperatorCompiler = (argument, context, compile) => {
  const named = namedArguments('$convert', argument, ['input', 'to'], ['onError', 'onNull']);
  if (isDoc(named['to'])) throw new StoreFailure('CommandNotSupported', '$convert does not take a document as "to" here');
  const part = (name: string) => (named[name] === undefined ? undefined : compile(named[name], context));
  const [input, to, onError, onNull] = ['input', 'to', 'onError', 'onNull'].map(part);
  return (scope) => {
    const target = to?.(scope);
    const value = input?.(scope);
    if (isNullish(value)) return onNull === undefined ? null : onNull(scope);
    if (isNullish(target)) return null;
    const convert = conversionTo(target);
    try {
      return convert(value);
    } catch (error) {
      if (onError === undefined || !(error instanceof StoreFailure)) throw error;
      return onError(scope);
    }
  };
};

function shortcut(name: string, target: string): [string, OperatorCompiler] {
  const convert = conversionTo(target);
  return overValues(name, 1, 1, ([value]) => (isNullish(value) ? null : convert(value)));
}

/** Types and conversions between them. */
export const conversionOperators: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  ['$convert', compileConvert],
  shortcut('$toBool', 'bool'), shortcut('$toInt', 'int'), shortcut('$toLong', 'long'), shortcut('$toDouble', 'double'),
  shortcut('$toDecimal', 'decimal'), shortcut('$toDate', 'date'), shortcut('$toObjectId', 'objectId'), shortcut('$toString', 'string'),
  overValues('$type', 1, 1, ([value]) => typeName(value)),
  overValues('$isNumber', 1, 1, ([value]) => isNumeric(value)),
]);
