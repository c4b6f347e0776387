import { MaxKey, MinKey } from 'bson';
import { isNumeric, typeName, type Value } from '../values/bson.js';
import { typeRank, type Compare } from '../values/compare.js';
import { isNaNumber } from '../values/numbers.js';

/**
 * The test of the values a path reaches (see `valuesAt`). Unless `closed`, an array among them also passes through one of its
 * items; items that `$elemMatch` looks at are not opened a second time.
 */
export type Test = (values: readonly (Value | undefined)[], closed?: boolean) => boolean;

/** A test of one value. */
export type ValueTest = (value: Value | undefined) => boolean;

/** Some value, or some item of a value that is an array, passes. */
export function anyValue(test: ValueTest): Test {
  return (values, closed) => values.some((value) => test(value) || (closed !== true && Array.isArray(value) && value.some((item) => test(item))));
}

/** Equality as queries have it: null also stands for a missing field. */
export function equalTo(operand: Value, compare: Compare): Test {
  if (operand === null) return anyValue((value) => value === null || value === undefined);
  return anyValue((value) => value !== undefined && compare(value, operand) === 0);
}

/** An ordering test: only values of the operand's own type are compared, so that 5 is not below "a". */
export function ordered(operand: Value, compare: Compare, holds: (order: number) => boolean): Test {
  if (operand === null) return holds(0) ? equalTo(null, compare) : () => false;
  if (operand instanceof MinKey || operand instanceof MaxKey) return anyValue((value) => value !== undefined && holds(compare(value, operand)));
  const rank = typeRank[typeName(operand)];
  if (isNumeric(operand) && isNaNumber(operand)) return anyValue((value) => isNumeric(value) && isNaNumber(value) && holds(0));
  return anyValue((value) => typeRank[typeName(value)] === rank && !(isNumeric(value) && isNaNumber(value)) && holds(compare(value, operand)));
}
