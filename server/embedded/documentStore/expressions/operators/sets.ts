import type { Value } from '../../values/bson.js';
import type { Compare } from '../../values/compare.js';
import { isNullish, isTruthy, list, overValues } from '../arguments.js';
import type { OperatorCompiler } from '../context.js';

/** The distinct values, sorted: what makes the answers of set operators stable. */
function distinct(items: readonly Value[], compare: Compare): Value[] {
  return [...items].sort(compare).filter((item, at, sorted) => at === 0 || compare(item, sorted[at - 1]) !== 0);
}

function includes(items: readonly Value[], wanted: Value, compare: Compare): boolean {
  return items.some((item) => compare(item, wanted) === 0);
}

function combined(name: string, combine: (sets: Value[][], compare: Compare) => Value): [string, OperatorCompiler] {
  return overValues(name, 0, Infinity, (values, { compare }) => {
    if (values.some(isNullish)) return null;
    return combine(values.map((value) => list(name, value, 17043)), compare);
  });
}

function difference(left: Value | undefined, right: Value | undefined, compare: Compare): Value {
  if (isNullish(left) || isNullish(right)) return null;
  const without = list('$setDifference', right, 17049);
  const kept: Value[] = [];
  for (const item of list('$setDifference', left, 17048)) {
    if (!includes(without, item, compare) && !includes(kept, item, compare)) kept.push(item);
  }
  return kept;
}

/** Operators that take arrays as sets. */
export const setOperators: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  combined('$setUnion', (sets, compare) => distinct(sets.flat(), compare)),
  combined('$setIntersection', (sets, compare) => distinct(sets[0] ?? [], compare).filter((item) => sets.every((set) => includes(set, item, compare)))),
  overValues('$setDifference', 2, 2, ([left, right], { compare }) => difference(left, right, compare)),
  overValues('$setEquals', 2, Infinity, (values, { compare }) => {
    const [first, ...others] = values.map((value) => distinct(list('$setEquals', value, 17044), compare));
    return others.every((other) => compare(other, first) === 0);
  }),
  overValues('$setIsSubset', 2, 2, ([left, right], { compare }) => {
    const whole = list('$setIsSubset', right, 17042);
    return list('$setIsSubset', left, 17046).every((item) => includes(whole, item, compare));
  }),
  overValues('$allElementsTrue', 1, 1, ([value]) => list('$allElementsTrue', value, 17040).every(isTruthy)),
  overValues('$anyElementTrue', 1, 1, ([value]) => list('$anyElementTrue', value, 17041).some(isTruthy)),
]);
