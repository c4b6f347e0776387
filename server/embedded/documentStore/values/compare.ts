import { Binary, BSONRegExp, BSONSymbol, Code, Long, ObjectId, Timestamp } from 'bson';
import { isDoc, isNumeric, typeName, type Doc, type TypeName, type Value } from './bson.js';
import { compareNumbers } from './numbers.js';

/**
 * BSON comparison order (MongoDB manual, "Comparison/Sort Order"): values of different rank compare by rank alone. The numbers
 * are also the type bytes of index keys; they stay within 2..250 so that neither they nor their complement meet 0x00 or 0xff.
 */
export const typeRank: Readonly<Record<TypeName, number>> = {
  minKey: 2, missing: 3, null: 5, int: 10, long: 10, double: 10, decimal: 10, string: 15, symbol: 15, object: 20, array: 25, binData: 30,
  objectId: 35, bool: 40, date: 45, timestamp: 47, regex: 50, javascript: 60, maxKey: 250,
};

/** Orders two values; negative, zero or positive. `undefined` is a missing field and comes before null. */
export type Compare = (left: Value | undefined, right: Value | undefined) => number;

/** Orders two strings; the binary order below, or a collation's. */
export type CompareStrings = (left: string, right: string) => number;

/** The order of UTF-8 bytes, which is the order of code points (JavaScript's own `<` orders UTF-16 units instead). */
export function compareBinary(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    // A surrogate stands for a code point above every other unit.
    if (a !== b) return (a >= 0xd800 && a < 0xe000 ? a + 0x10000 : a) - (b >= 0xd800 && b < 0xe000 ? b + 0x10000 : b);
  }
  return left.length - right.length;
}

/** A comparison of any two BSON values over the given order of strings. */
export function comparison(strings: CompareStrings): Compare {
  const compare: Compare = (left, right) => {
    if (left === right) return 0;
    const leftType = typeName(left);
    const rightType = typeName(right);
    const ranks = typeRank[leftType] - typeRank[rightType];
    if (ranks !== 0) return ranks;
    if (typeof left === 'string' && typeof right === 'string') return strings(left, right);
    if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right);
    if (Array.isArray(left) && Array.isArray(right)) return compareLists(left, right, compare);
    if (isDoc(left) && isDoc(right)) return compareDocs(left, right, compare);
    return compareScalars(left as Value, right as Value, strings);
  };
  return compare;
}

/** The default comparison: strings by their bytes. */
export const compareValues: Compare = comparison(compareBinary);

/** Whether two values are equal in BSON order; 1, 1.0 and Decimal 1 are. */
export function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  return compareValues(left, right) === 0;
}

function compareLists(left: Value[], right: Value[], compare: Compare): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const order = compare(left[at], right[at]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareDocs(left: Doc, right: Doc, compare: Compare): number {
  const leftNames = Object.keys(left);
  const rightNames = Object.keys(right);
  const length = Math.min(leftNames.length, rightNames.length);
  for (let at = 0; at < length; at += 1) {
    const leftName = leftNames[at] as string;
    const rightName = rightNames[at] as string;
    const order =
      typeRank[typeName(left[leftName])] - typeRank[typeName(right[rightName])] ||
      compareBinary(leftName, rightName) ||
      compare(left[leftName], right[rightName]);
    if (order !== 0) return order;
  }
  return leftNames.length - rightNames.length;
}

/** The bytes of a Binary that are its value; its buffer may be longer. */
export function binaryBytes(binary: Binary): Uint8Array {
  return binary.buffer.subarray(0, binary.position);
}

function compareScalars(left: Value, right: Value, strings: CompareStrings): number {
  if (typeof left === 'boolean') return Number(left) - Number(right);
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime();
  if (left instanceof ObjectId && right instanceof ObjectId) return Buffer.compare(left.id, right.id);
  if (left instanceof Binary && right instanceof Binary) {
    return left.position - right.position || left.sub_type - right.sub_type || Buffer.compare(binaryBytes(left), binaryBytes(right));
  }
  if (left instanceof Timestamp && right instanceof Timestamp) return Long.fromBits(left.low, left.high, true).compare(Long.fromBits(right.low, right.high, true));
  if (left instanceof BSONRegExp && right instanceof BSONRegExp) {
    return compareBinary(left.pattern, right.pattern) || compareBinary(left.options, right.options);
  }
  if (left instanceof Code && right instanceof Code) return compareBinary(left.code, right.code);
  const text = (value: Value): string => (value instanceof BSONSymbol ? value.value : typeof value === 'string' ? value : '');
  return strings(text(left), text(right));
}
