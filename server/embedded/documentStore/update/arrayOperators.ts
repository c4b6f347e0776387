import { BSONRegExp } from 'bson';
import { StoreFailure } from '../failures.js';
import { compileSort } from '../expressions/sortBy.js';
import type { Context } from '../expressions/context.js';
import { compileFilter, compileItem, isOperators } from '../query/filter.js';
import { isDoc, isNumeric, typeName, type Value } from '../values/bson.js';
import { toNumber, wholeNumber } from '../values/numbers.js';
import type { FieldOperator } from './fieldOperators.js';
import type { Place } from './paths.js';

function arrayAt(place: Place, name: string, path: string): Value[] | undefined {
  const current = place.read();
  if (current === undefined) return undefined;
  if (!Array.isArray(current)) {
    const code = name === '$push' || name === '$pull' || name === '$pullAll' || name === '$addToSet' ? 'BadValue' : 'TypeMismatch';
    throw new StoreFailure(code, `The field '${path}' must be an array but is of type ${typeName(current)}`);
  }
  return current;
}

const pushModifiers = new Set(['$each', '$position', '$slice', '$sort']);

function eachOf(name: string, operand: Value): readonly Value[] | undefined {
  if (!isDoc(operand) || !Object.hasOwn(operand, '$each')) return undefined;
  const each = operand['$each'];
  if (!Array.isArray(each)) throw new StoreFailure('BadValue', `The argument to $each in ${name} must be an array but it was of type ${typeName(each)}`);
  return each;
}

function wholeModifier(name: string, value: Value | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = isNumeric(value) ? wholeNumber(value) : undefined;
  if (number === undefined) throw new StoreFailure('BadValue', `The value for ${name} must be an integer value but was given type: ${typeName(value)}`);
  return number;
}

const push: FieldOperator = {
  create: true,
  check: (operand) => {
    if (eachOf('$push', operand) === undefined || !isDoc(operand)) return;
    const unknown = Object.keys(operand).find((name) => !pushModifiers.has(name));
    if (unknown !== undefined) throw new StoreFailure('BadValue', `Unrecognized clause in $push: ${unknown}`);
    wholeModifier('$position', operand['$position']);
    wholeModifier('$slice', operand['$slice']);
  },
  apply: (place, operand, context, path) => {
    const items = [...(arrayAt(place, '$push', path) ?? [])];
    const each = eachOf('$push', operand);
    if (each === undefined || !isDoc(operand)) {
      place.write([...items, operand]);
      return;
    }
    const position = wholeModifier('$position', operand['$position']) ?? items.length;
    items.splice(position < 0 ? Math.max(items.length + position, 0) : position, 0, ...each);
    if (operand['$sort'] !== undefined) items.sort(compileSort(operand['$sort'], context.compare));
    const slice = wholeModifier('$slice', operand['$slice']);
    place.write(slice === undefined ? items : slice === 0 ? [] : slice > 0 ? items.slice(0, slice) : items.slice(slice));
  },
};

const addToSet: FieldOperator = {
  create: true,
  check: (operand) => {
    if (eachOf('$addToSet', operand) === undefined || !isDoc(operand)) return;
    const unknown = Object.keys(operand).find((name) => name !== '$each');
    if (unknown !== undefined) throw new StoreFailure('BadValue', `Found unexpected fields after $each in $addToSet: ${unknown}`);
  },
  apply: (place, operand, { compare }, path) => {
    const items = [...(arrayAt(place, '$addToSet', path) ?? [])];
    for (const item of eachOf('$addToSet', operand) ?? [operand]) {
      if (!items.some((present) => compare(present, item) === 0)) items.push(item);
    }
    place.write(items);
  },
};

const pop: FieldOperator = {
  create: false,
  check: (operand, path) => {
    if (!isNumeric(operand) || Math.abs(toNumber(operand)) !== 1) throw new StoreFailure('FailedToParse', `$pop expects 1 or -1, found: {${path}: ${String(operand)}}`);
  },
  apply: (place, operand, _context, path) => {
    const items = arrayAt(place, '$pop', path);
    if (items === undefined) return;
    place.write(isNumeric(operand) && toNumber(operand) === 1 ? items.slice(0, -1) : items.slice(1));
  },
};

function pullTest(operand: Value, context: Context): (item: Value) => boolean {
  if (isOperators(operand)) return compileItem(operand, context);
  if (isDoc(operand)) {
    const matches = compileFilter(operand, context);
    return (item) => isDoc(item) && matches(item);
  }
  if (operand instanceof BSONRegExp) {
    const matches = compileFilter({ item: operand }, context);
    return (item) => matches({ item });
  }
  return (item) => context.compare(item, operand) === 0;
}

const pull: FieldOperator = {
  create: false,
  apply: (place, operand, context, path) => {
    const items = arrayAt(place, '$pull', path);
    if (items === undefined) return;
    const pulled = pullTest(operand, context);
    place.write(items.filter((item) => !pulled(item)));
  },
};

const pullAll: FieldOperator = {
  create: false,
  check: (operand) => {
    if (!Array.isArray(operand)) throw new StoreFailure('BadValue', `$pullAll requires an array argument but was given a ${typeName(operand)}`);
  },
  apply: (place, operand, { compare }, path) => {
    const items = arrayAt(place, '$pullAll', path);
    if (items === undefined || !Array.isArray(operand)) return;
    place.write(items.filter((item) => !operand.some((pulled) => compare(item, pulled) === 0)));
  },
};

/** The operators that change an array in place. */
export const arrayUpdateOperators: ReadonlyMap<string, FieldOperator> = new Map<string, FieldOperator>([
  ['$push', push], ['$addToSet', addToSet], ['$pop', pop], ['$pull', pull], ['$pullAll', pullAll],
]);
