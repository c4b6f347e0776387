import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { isOperators } from '../query/filter.js';
import { literalPrefix } from '../query/regex.js';
import { isDoc, isNumeric, typeName, type Doc, type Value } from '../values/bson.js';
import { typeRank } from '../values/compare.js';
import { isNaNumber } from '../values/numbers.js';

/** One end of a range of values; `undefined` as a value stands for an empty array's key. */
export interface End { readonly value: Value | undefined; readonly included: boolean }

/** What a filter asks of one path, as far as an index can serve it: some values, or a range within one type. */
export type Condition =
  | { readonly kind: 'points'; readonly values: readonly (Value | undefined)[] }
  | { readonly kind: 'range'; readonly rank: number; readonly lower?: End; readonly upper?: End };

/** The conditions each path must meet; all of them hold for every matching document. */
export type Conditions = ReadonlyMap<string, readonly Condition[]>;

/** Reads the conditions of a filter; what it does not understand it leaves out, and the filter itself is applied anyway. */
export function readConditions(filter: Doc): Conditions {
  const conditions = new Map<string, Condition[]>();
  gather(filter, '', conditions);
  return conditions;
}

function gather(filter: Doc, base: string, conditions: Map<string, Condition[]>): void {
  for (const [name, operand] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(operand)) for (const branch of operand) if (isDoc(branch)) gather(branch, base, conditions);
    if (name.startsWith('$')) continue;
    const path = base + name;
    for (const condition of conditionsOf(path, operand, conditions)) {
      const present = conditions.get(path);
      if (present === undefined) conditions.set(path, [condition]);
      else present.push(condition);
    }
  }
}

function conditionsOf(path: string, operand: Value, conditions: Map<string, Condition[]>): Condition[] {
  if (operand instanceof BSONRegExp) return prefixRange(operand.pattern, operand.options);
  if (!isOperators(operand)) return [pointsOf([operand])];
  return Object.entries(operand).flatMap(([operator, argument]) => {
    if (operator === '$elemMatch' && isDoc(argument)) {
      if (isOperators(argument)) return conditionsOf(path, argument, conditions);
      gather(argument, `${path}.`, conditions);
      return [];
    }
    if (operator === '$regex' && typeof argument === 'string') return prefixRange(argument, typeof operand['$options'] === 'string' ? operand['$options'] : '');
    return conditionOf(operator, argument);
  });
}

function conditionOf(operator: string, argument: Value): Condition[] {
  switch (operator) {
    case '$eq': return argument instanceof BSONRegExp ? [] : [pointsOf([argument])];
    case '$in': return Array.isArray(argument) && !argument.some((item) => item instanceof BSONRegExp) ? [pointsOf(argument)] : [];
    case '$all': return Array.isArray(argument) && argument.length > 0 && !isOperators(argument[0]) && !(argument[0] instanceof BSONRegExp) ? [pointsOf([argument[0] as Value])] : [];
    case '$gt': case '$gte': return rangeOf(argument, { value: argument, included: operator === '$gte' }, undefined);
    case '$lt': case '$lte': return rangeOf(argument, undefined, { value: argument, included: operator === '$lte' });
    default: return [];
  }
}

/** An array is equal to itself, which its key says only of arrays in arrays; its first item's key finds it otherwise. */
function pointsOf(values: readonly Value[]): Condition {
  return { kind: 'points', values: values.flatMap((value) => (Array.isArray(value) ? [value[0], value] : [value])) };
}

function rangeOf(argument: Value, lower: End | undefined, upper: End | undefined): Condition[] {
  if (argument instanceof MinKey || argument instanceof MaxKey || Array.isArray(argument)) return [];
  if (argument === null) return (lower ?? upper)?.included ? [pointsOf([null])] : [{ kind: 'points', values: [] }];
  if (isNumeric(argument) && isNaNumber(argument)) return (lower ?? upper)?.included ? [pointsOf([argument])] : [{ kind: 'points', values: [] }];
  return [{ kind: 'range', rank: typeRank[typeName(argument)], ...(lower ? { lower } : {}), ...(upper ? { upper } : {}) }];
}

function prefixRange(pattern: string, options: string): Condition[] {
  const prefix = literalPrefix(pattern, options);
  if (prefix === undefined) return [];
  // The last character of the upper end is the highest there is, so that every text with the prefix lies below it.
  return [{ kind: 'range', rank: typeRank.string, lower: { value: prefix, included: true }, upper: { value: `${prefix}\u{10ffff}`, included: true } }];
}
