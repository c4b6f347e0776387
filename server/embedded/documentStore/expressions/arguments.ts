import { StoreFailure } from '../failures.js';
import { isDoc, isNumeric, typeName, type Numeric, type Value } from '../values/bson.js';
import { toNumber } from '../values/numbers.js';
import type { Context, OperatorCompiler, Scope } from './context.js';

type Values = readonly (Value | undefined)[];

/**
 * An operator over a list of evaluated arguments; a single argument may stand without brackets.
 * @param evaluate gets exactly as many values as were written, between `least` and `most`
 */
export function overValues(name: string, least: number, most: number, evaluate: (values: Values, context: Context) => Value | undefined): [string, OperatorCompiler] {
  return [name, (argument, context, compile) => {
    const items = (Array.isArray(argument) ? argument : [argument]).map((item) => compile(item, context));
    if (items.length < least || items.length > most) {
      throw new StoreFailure(16020, `Expression ${name} takes ${least === most ? `exactly ${least}` : `at least ${least} and at most ${most}`} arguments. ${items.length} were passed in.`);
    }
    return (scope) => evaluate(items.map((item) => item(scope)), context);
  }];
}

/**
 * An operator over named arguments.
 * @param required names that must be there; @param optional names that may be
 */
export function overNames(
  name: string, required: readonly string[], optional: readonly string[], evaluate: (get: (argument: string) => Value | undefined, context: Context, has: (argument: string) => boolean) => Value | undefined,
): [string, OperatorCompiler] {
  return [name, (argument, context, compile) => {
    const fields = namedArguments(name, argument, required, optional);
    const compiled = new Map(Object.entries(fields).map(([key, value]) => [key, compile(value, context)]));
    return (scope: Scope) => evaluate((key) => compiled.get(key)?.(scope), context, (key) => compiled.has(key));
  }];
}

/**
 * Checks the shape of named arguments.
 * @throws FailedToParse (9) when one is unknown or missing
 */
export function namedArguments(name: string, argument: Value, required: readonly string[], optional: readonly string[]): Readonly<Record<string, Value>> {
  if (!isDoc(argument)) throw new StoreFailure('FailedToParse', `${name} only supports an object as its argument`);
  for (const key of Object.keys(argument)) {
    if (!required.includes(key) && !optional.includes(key)) throw new StoreFailure('FailedToParse', `Unrecognized argument to ${name}: ${key}`);
  }
  for (const key of required) {
    if (!Object.hasOwn(argument, key)) throw new StoreFailure('FailedToParse', `Missing '${key}' parameter to ${name}`);
  }
  return argument;
}

/** Null and missing, which most operators pass on as null. */
export function isNullish(value: Value | undefined): value is null | undefined {
  return value === null || value === undefined;
}

/** What counts as true: everything but false, null, missing and zero. */
export function isTruthy(value: Value | undefined): boolean {
  if (value === false || isNullish(value)) return false;
  return !isNumeric(value) || toNumber(value) !== 0;
}

/** The type's name in an error. */
export function shown(value: Value | undefined): string {
  return typeName(value);
}

/** @throws 28765 when the value is not a number */
export function numeric(name: string, value: Value | undefined, code = 28765): Numeric {
  if (!isNumeric(value)) throw new StoreFailure(code, `${name} only supports numeric types, not ${shown(value)}`);
  return value;
}

/** @throws the code when the value is not a whole number of 32 bits */
export function whole(name: string, value: Value | undefined, code: number): number {
  const number = isNumeric(value) ? toNumber(value) : Number.NaN;
  if (!Number.isInteger(number) || Math.abs(number) > 0x7fffffff) throw new StoreFailure(code, `${name} requires an integral argument, found ${shown(value)}`);
  return number;
}

/** @throws the code when the value is not an array */
export function list(name: string, value: Value | undefined, code: number): Value[] {
  if (!Array.isArray(value)) throw new StoreFailure(code, `${name} requires an array, found ${shown(value)}`);
  return value;
}

/** @throws the code when the value is not a string */
export function text(name: string, value: Value | undefined, code: number): string {
  if (typeof value !== 'string') throw new StoreFailure(code, `${name} requires a string, found ${shown(value)}`);
  return value;
}
