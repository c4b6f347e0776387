import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { isOperators } from '../query/filter.js';
import { isDoc, isNumeric, type Doc, type Value } from '../values/bson.js';

const bounding = new Set(['$eq', '$in', '$gt', '$gte', '$lt', '$lte']);

/**
 * Whether the bounds of an index scan say all that a filter says, so that its documents need not be looked at. Only for an index
 * that is not multikey, with the fields whose conditions became bounds; when in doubt the answer is no.
 */
export function isCovered(filter: Doc, bounded: readonly string[]): boolean {
  return Object.entries(filter).every(([path, operand]) => bounded.includes(path) && isExact(operand));
}

function isExact(operand: Value): boolean {
  if (!isOperators(operand)) return isPlain(operand);
  const names = Object.keys(operand);
  if (!names.every((name) => bounding.has(name))) return false;
  // Of several conditions one of which is a point, only the point becomes a bound.
  if (names.length > 1 && (names.includes('$eq') || names.includes('$in'))) return false;
  return names.every((name) => isExactOperator(name, operand[name] as Value, names));
}

function isExactOperator(name: string, argument: Value, all: readonly string[]): boolean {
  if (name === '$in') return Array.isArray(argument) && argument.every(isPlain);
  if (!isPlain(argument) || argument instanceof MinKey || argument instanceof MaxKey) return false;
  // NaN lies below all numbers in an index, and is not less than any in a filter.
  const open = (name === '$lt' || name === '$lte') && !all.includes('$gt') && !all.includes('$gte');
  return !(open && isNumeric(argument));
}

/** A value that equals only itself, and is found under one key: no null (missing equals it), no pattern, nothing with parts. */
function isPlain(value: Value): boolean {
  return value !== null && !(value instanceof BSONRegExp) && !Array.isArray(value) && !isDoc(value);
}
