import { branches, isOperators } from '../query/filter.js';
import { isDoc, isNumeric, typeName, type Doc, type Value } from '../values/bson.js';
import { compareValues, sameValue, typeRank } from '../values/compare.js';
import { toNumber } from '../values/numbers.js';
import { readConditions, type Condition, type Conditions } from './bounds.js';

/** Whether conditions on a path leave out documents that lack it: then a sparse index has all that match. */
export function impliesPresence(conditions: readonly Condition[]): boolean {
  return conditions.some((condition) => condition.kind === 'range' || condition.values.every((value) => value !== null));
}

/**
 * Whether every document a filter matches is in an index with this partial filter. Judged only where it is plain to see; when in
 * doubt the answer is no, and the index is not used.
 */
export function impliesPartial(filter: Doc, partial: Doc): boolean {
  const conditions = readConditions(filter);
  return Object.entries(partial).every(([name, operand]) => {
    if (name === '$and') return branches(name, operand).every((branch) => impliesPartial(filter, branch));
    if (name === '$or') return branches(name, operand).some((branch) => impliesPartial(filter, branch));
    if (name.startsWith('$')) return false;
    return operandImplied(conditions, filter, name, operand);
  });
}

function operandImplied(conditions: Conditions, filter: Doc, path: string, operand: Value): boolean {
  const present = conditions.get(path) ?? [];
  if (!isOperators(operand)) return present.some((condition) => impliesPoints(condition, [operand]));
  return Object.entries(operand).every(([operator, argument]) => {
    switch (operator) {
      case '$eq': return present.some((condition) => impliesPoints(condition, [argument]));
      case '$in': return Array.isArray(argument) && present.some((condition) => impliesPoints(condition, argument));
      case '$exists': return isTrue(argument) && (impliesPresence(present) || asksExistence(filter, path));
      case '$type': return sameOperand(filter, path, '$type', argument) || present.some((condition) => impliesType(condition, argument));
      case '$gt': case '$gte': case '$lt': case '$lte': return present.some((condition) => impliesRange(condition, operator, argument));
      default: return false;
    }
  });
}

function isTrue(value: Value): boolean {
  return value === true || (isNumeric(value) && toNumber(value) !== 0);
}

function impliesPoints(condition: Condition, values: readonly Value[]): boolean {
  return condition.kind === 'points' && condition.values.every((value) => values.some((one) => !Array.isArray(one) && sameValue(one, value)));
}

function sameOperand(filter: Doc, path: string, operator: string, argument: Value): boolean {
  const operand = filter[path];
  return isDoc(operand) && operand[operator] !== undefined && sameValue(operand[operator], argument);
}

function asksExistence(filter: Doc, path: string): boolean {
  const operand = filter[path];
  return isDoc(operand) && operand['$exists'] !== undefined && isTrue(operand['$exists']);
}

function impliesType(condition: Condition, type: Value): boolean {
  if (typeof type !== 'string') return false;
  const accepted = type === 'number' ? ['int', 'long', 'double', 'decimal'] : [type];
  if (condition.kind === 'points') return condition.values.length > 0 && condition.values.every((value) => accepted.includes(typeName(value)));
  return type === 'string' && condition.rank === typeRank.string;
}

function impliesRange(condition: Condition, operator: string, bound: Value): boolean {
  const within = (value: Value | undefined, included: boolean): boolean => {
    const order = compareValues(value, bound);
    if (typeRank[typeName(value)] !== typeRank[typeName(bound)]) return false;
    if (operator === '$gt') return order > 0 || (order === 0 && !included);
    if (operator === '$gte') return order >= 0;
    if (operator === '$lt') return order < 0 || (order === 0 && !included);
    return order <= 0;
  };
  if (condition.kind === 'points') return condition.values.length > 0 && condition.values.every((value) => within(value, true));
  const end = operator === '$gt' || operator === '$gte' ? condition.lower : condition.upper;
  return end !== undefined && within(end.value, end.included);
}
