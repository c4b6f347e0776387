import { Int32, Long, Timestamp } from 'bson';
import { StoreFailure } from '../failures.js';
import type { Context } from '../expressions/context.js';
import { isDoc, isNumeric, typeName, type Numeric, type Value } from '../values/bson.js';
import { add, integer, multiply } from '../values/numbers.js';
import type { Place } from './paths.js';

/** One operator at one place. `create` says whether a missing path is made for it. */
export interface FieldOperator {
  readonly create: boolean;
  /** @throws TypeMismatch (14) or BadValue (2) when the place holds what the operator cannot take */
  apply(place: Place, operand: Value, context: Context, path: string): void;
  /** Refuses an operand before anything is touched. */
  check?(operand: Value, path: string): void;
}

function arithmetic(name: string, missing: (operand: Numeric) => Numeric, combine: (left: Numeric, right: Numeric) => Numeric | undefined): FieldOperator {
  return {
    create: true,
    check: (operand, path) => {
      if (!isNumeric(operand)) throw new StoreFailure('TypeMismatch', `Cannot ${name} with non-numeric argument: {${path}: ${JSON.stringify(operand)}}`);
    },
    apply: (place, operand, _context, path) => {
      const current = place.read();
      if (current === undefined) {
        place.write(missing(operand as Numeric));
        return;
      }
      if (!isNumeric(current)) {
        throw new StoreFailure('TypeMismatch', `Cannot apply $${name === 'increment' ? 'inc' : 'mul'} to a value of non-numeric type. The field '${path}' is of type ${typeName(current)}`);
      }
      const result = combine(current, operand as Numeric);
      if (result === undefined) throw new StoreFailure('BadValue', `Failed to apply ${name} to current value of '${path}': the result does not fit 64 bits`);
      place.write(result);
    },
  };
}

function extreme(wins: (order: number) => boolean): FieldOperator {
  return {
    create: true,
    apply: (place, operand, { compare }) => {
      const current = place.read();
      if (current === undefined || wins(compare(operand, current))) place.write(operand);
    },
  };
}

function zeroLike(operand: Numeric): Numeric {
  return multiply(operand, new Int32(0)) ?? new Int32(0);
}

const bit: FieldOperator = {
  create: true,
  check: (operand, path) => {
    const known = isDoc(operand) && Object.keys(operand).length > 0 && Object.entries(operand).every(([name, value]) => ['and', 'or', 'xor'].includes(name) && (value instanceof Int32 || value instanceof Long));
    if (!known) throw new StoreFailure('BadValue', `The $bit modifier takes {and|or|xor: <int or long>}; found {${path}: ${JSON.stringify(operand)}}`);
  },
  apply: (place, operand, _context, path) => {
    const current = place.read() ?? new Int32(0);
    if (!(current instanceof Int32) && !(current instanceof Long)) {
      throw new StoreFailure('BadValue', `Cannot apply $bit to a value of non-integral type. The field '${path}' is of type ${typeName(current)}`);
    }
    let long = current instanceof Long;
    let bits = current instanceof Long ? current.toBigInt() : BigInt(current.value);
    for (const [name, value] of Object.entries(operand as Record<string, Int32 | Long>)) {
      const mask = value instanceof Long ? value.toBigInt() : BigInt(value.value);
      long ||= value instanceof Long;
      bits = name === 'and' ? bits & mask : name === 'or' ? bits | mask : bits ^ mask;
    }
    place.write(long ? Long.fromBigInt(bits) : integer(bits));
  },
};

const currentDate: FieldOperator = {
  create: true,
  check: (operand, path) => {
    const type = isDoc(operand) ? operand['$type'] : undefined;
    if (typeof operand !== 'boolean' && type !== 'date' && type !== 'timestamp') {
      throw new StoreFailure('BadValue', `The '$type' of $currentDate must be 'date' or 'timestamp', or the value a boolean: ${path}`);
    }
  },
  apply: (place, operand, { now }) => {
    const timestamp = isDoc(operand) && operand['$type'] === 'timestamp';
    place.write(timestamp ? new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }) : now);
  },
};

/** The operators that write one field from an operand. */
export const fieldOperators: ReadonlyMap<string, FieldOperator> = new Map<string, FieldOperator>([
  ['$set', { create: true, apply: (place, operand) => place.write(operand) }],
  ['$setOnInsert', { create: true, apply: (place, operand) => place.write(operand) }],
  ['$unset', { create: false, apply: (place) => place.remove() }],
  ['$inc', arithmetic('increment', (operand) => operand, add)],
  ['$mul', arithmetic('multiply', zeroLike, multiply)],
  ['$min', extreme((order) => order < 0)],
  ['$max', extreme((order) => order > 0)],
  ['$bit', bit],
  ['$currentDate', currentDate],
]);
