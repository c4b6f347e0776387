import { BSONRegExp, BSONSymbol, Binary, Int32, Long } from 'bson';
import { StoreFailure } from '../failures.js';
import { isNumeric, typeName, type Doc, type TypeName, type Value } from '../values/bson.js';
import { binaryBytes, type Compare } from '../values/compare.js';
import { remainder, toNumber, wholeNumber } from '../values/numbers.js';
import { anyValue, equalTo, ordered, type Test } from './leafTests.js';
import { fromBsonRegExp, toRegExp } from './regex.js';

type LeafCompiler = (operand: Value, compare: Compare, siblings: Doc) => Test;

/** A regular expression matches strings, and equals itself. */
export function matchesRegex(regex: BSONRegExp): Test {
  const pattern = fromBsonRegExp(regex);
  return anyValue((value) => matchesPattern(value, pattern)
    || (value instanceof BSONRegExp && value.pattern === regex.pattern && value.options === regex.options));
}

function matchesPattern(value: Value | undefined, pattern: RegExp): boolean {
  if (typeof value === 'string') return pattern.test(value);
  return value instanceof BSONSymbol && pattern.test(value.value);
}

function compileRegex(operand: Value, _compare: Compare, siblings: Doc): Test {
  const options = siblings['$options'];
  if (options !== undefined && typeof options !== 'string') throw new StoreFailure('BadValue', '$options has to be a string');
  if (operand instanceof BSONRegExp) return matchesRegex(new BSONRegExp(operand.pattern, options ?? operand.options));
  if (typeof operand !== 'string') throw new StoreFailure('BadValue', '$regex has to be a string');
  const pattern = toRegExp(operand, options ?? '');
  return anyValue((value) => matchesPattern(value, pattern));
}

function compileIn(name: string, operand: Value, compare: Compare): Test {
  if (!Array.isArray(operand)) throw new StoreFailure('BadValue', `${name} needs an array`);
  const tests = operand.map((item) => {
    if (item instanceof BSONRegExp) return matchesRegex(item);
    if (typeName(item) === 'object' && Object.keys(item as Doc)[0]?.startsWith('$')) throw new StoreFailure('BadValue', `cannot nest $ under ${name}`);
    return equalTo(item, compare);
  });
  return (values, closed) => tests.some((test) => test(values, closed));
}

const typeAliases = new Map<string, readonly TypeName[]>([
  ['double', ['double']], ['string', ['string']], ['object', ['object']], ['array', ['array']], ['binData', ['binData']],
  ['objectId', ['objectId']], ['bool', ['bool']], ['date', ['date']], ['null', ['null']], ['regex', ['regex']], ['javascript', ['javascript']],
  ['symbol', ['symbol']], ['int', ['int']], ['timestamp', ['timestamp']], ['long', ['long']], ['decimal', ['decimal']], ['minKey', ['minKey']],
  ['maxKey', ['maxKey']], ['number', ['int', 'long', 'double', 'decimal']],
]);
const typeNumbers = new Map<number, TypeName>([
  [1, 'double'], [2, 'string'], [3, 'object'], [4, 'array'], [5, 'binData'], [7, 'objectId'], [8, 'bool'], [9, 'date'], [10, 'null'], [11, 'regex'],
  [13, 'javascript'], [14, 'symbol'], [16, 'int'], [17, 'timestamp'], [18, 'long'], [19, 'decimal'], [-1, 'minKey'], [127, 'maxKey'],
]);

function typesOf(operand: Value): readonly TypeName[] {
  if (typeof operand === 'string') {
    const types = typeAliases.get(operand);
    if (types !== undefined) return types;
  } else if (isNumeric(operand)) {
    const type = typeNumbers.get(toNumber(operand));
    if (type !== undefined) return [type];
  }
  throw new StoreFailure('BadValue', `Unknown type name alias or number: ${String(operand)}`);
}

function compileType(operand: Value): Test {
  const types = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(typesOf));
  return anyValue((value) => types.has(typeName(value)));
}

function compileSize(operand: Value): Test {
  const size = isNumeric(operand) ? wholeNumber(operand) : undefined;
  if (size === undefined || size < 0) throw new StoreFailure('BadValue', '$size must be a whole number, zero or more');
  return (values) => values.some((value) => Array.isArray(value) && value.length === size);
}

function compileExists(operand: Value): Test {
  const wanted = !(operand === false || operand === null || (isNumeric(operand) && toNumber(operand) === 0));
  return (values) => values.some((value) => value !== undefined) === wanted;
}

function compileMod(operand: Value): Test {
  if (!Array.isArray(operand) || operand.length !== 2) throw new StoreFailure('BadValue', 'malformed mod, needs to be an array of two elements');
  const [divisor, rest] = operand.map((item) => {
    if (!isNumeric(item) || !Number.isFinite(toNumber(item))) throw new StoreFailure('BadValue', 'malformed mod, divisor and remainder must be numbers');
    return Long.fromNumber(Math.trunc(toNumber(item)));
  }) as [Long, Long];
  if (divisor.isZero()) throw new StoreFailure('BadValue', 'divisor cannot be 0');
  return anyValue((value) => {
    if (!isNumeric(value) || !Number.isFinite(toNumber(value))) return false;
    const whole = value instanceof Int32 || value instanceof Long ? value : Long.fromNumber(Math.trunc(toNumber(value)));
    const result = remainder(whole, divisor);
    return result !== undefined && toNumber(result) === rest.toNumber();
  });
}

/** The bit positions a bitwise operand names, as one mask. */
function bitMask(name: string, operand: Value): bigint {
  if (isNumeric(operand)) {
    const mask = wholeNumber(operand);
    if (mask === undefined || mask < 0) throw new StoreFailure('BadValue', `${name} must be a non-negative whole number`);
    return BigInt(mask);
  }
  if (operand instanceof Binary) return bitsOf(operand);
  if (!Array.isArray(operand)) throw new StoreFailure('BadValue', `${name} takes an Array, a number, or a BinData`);
  return operand.reduce<bigint>((mask, position) => {
    const at = isNumeric(position) ? wholeNumber(position) : undefined;
    if (at === undefined || at < 0 || at > 8 * 1024) throw new StoreFailure('BadValue', `${name} bit positions must be integers >= 0`);
    return mask | (1n << BigInt(at));
  }, 0n);
}

function bitsOf(binary: Binary): bigint {
  return binaryBytes(binary).reduceRight((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
}

function compileBits(name: string, holds: (bits: bigint, mask: bigint) => boolean): LeafCompiler {
  return (operand) => {
    const mask = bitMask(name, operand);
    return anyValue((value) => {
      if (value instanceof Binary) return holds(bitsOf(value), mask);
      if (!isNumeric(value) || wholeNumber(value) === undefined) return false;
      return holds(value instanceof Long ? value.toBigInt() : BigInt(toNumber(value)), mask);
    });
  };
}

function negated(compiler: LeafCompiler): LeafCompiler {
  return (operand, compare, siblings) => {
    const test = compiler(operand, compare, siblings);
    return (values, closed) => !test(values, closed);
  };
}

const equal: LeafCompiler = (operand, compare) => (operand instanceof BSONRegExp ? anyValue((value) => value instanceof BSONRegExp && compare(value, operand) === 0) : equalTo(operand, compare));

/** The operators that look at the values of one path and nothing else. */
export const leafOperators: ReadonlyMap<string, LeafCompiler> = new Map<string, LeafCompiler>([
  ['$eq', equal],
  ['$ne', negated(refuseRegex('$ne', equal))],
  ['$gt', refuseRegex('$gt', (operand, compare) => ordered(operand, compare, (order) => order > 0))],
  ['$gte', refuseRegex('$gte', (operand, compare) => ordered(operand, compare, (order) => order >= 0))],
  ['$lt', refuseRegex('$lt', (operand, compare) => ordered(operand, compare, (order) => order < 0))],
  ['$lte', refuseRegex('$lte', (operand, compare) => ordered(operand, compare, (order) => order <= 0))],
  ['$in', (operand, compare) => compileIn('$in', operand, compare)],
  ['$nin', negated((operand, compare) => compileIn('$nin', operand, compare))],
  ['$exists', compileExists],
  ['$type', compileType],
  ['$size', compileSize],
  ['$mod', compileMod],
  ['$regex', compileRegex],
  ['$bitsAllSet', compileBits('$bitsAllSet', (bits, mask) => (bits & mask) === mask)],
  ['$bitsAnySet', compileBits('$bitsAnySet', (bits, mask) => (bits & mask) !== 0n)],
  ['$bitsAllClear', compileBits('$bitsAllClear', (bits, mask) => (bits & mask) === 0n)],
  ['$bitsAnyClear', compileBits('$bitsAnyClear', (bits, mask) => (bits & mask) !== mask)],
]);

function refuseRegex(name: string, compiler: LeafCompiler): LeafCompiler {
  return (operand, compare, siblings) => {
    if (operand instanceof BSONRegExp) throw new StoreFailure('BadValue', `Can't have RegEx as arg to predicate over field with ${name}.`);
    return compiler(operand, compare, siblings);
  };
}
