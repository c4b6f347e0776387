import { Double, Int32 } from 'bson';
import { isNumeric, type Numeric, type Value } from '../../values/bson.js';
import { addWide, divide, toNumber } from '../../values/numbers.js';
import { isNullish } from '../arguments.js';
import type { Context, OperatorCompiler } from '../context.js';

type Values = readonly (Value | undefined)[];

/** The sum of the numbers among the values; others are passed over. */
export function sumOf(values: Values): Numeric {
  let total: Numeric = new Int32(0);
  for (const value of values) if (isNumeric(value)) total = addWide(total, value);
  return total;
}

/** The mean of the numbers, or null when there are none. */
export function averageOf(values: Values): Value {
  const numbers = values.filter(isNumeric);
  if (numbers.length === 0) return null;
  return divide(sumOf(numbers), new Int32(numbers.length)) ?? null;
}

/** The extreme value, null and missing passed over; null when nothing is left. */
export function extremeOf(values: Values, direction: 1 | -1, { compare }: Context): Value {
  let best: Value | undefined;
  for (const value of values) {
    if (!isNullish(value) && (best === undefined || compare(value, best) * direction > 0)) best = value;
  }
  return best ?? null;
}

/** Standard deviation of the numbers, over n (population) or n - 1 (sample). */
export function deviationOf(values: Values, sample: boolean): Value {
  const numbers = values.filter(isNumeric).map(toNumber);
  const divisor = numbers.length - (sample ? 1 : 0);
  if (divisor <= 0) return null;
  const mean = numbers.reduce((total, number) => total + number, 0) / numbers.length;
  return new Double(Math.sqrt(numbers.reduce((total, number) => total + (number - mean) ** 2, 0) / divisor));
}

function overList(evaluate: (values: Values, context: Context) => Value): OperatorCompiler {
  return (argument, context, compile) => {
    if (Array.isArray(argument)) {
      const items = argument.map((item) => compile(item, context));
      return (scope) => evaluate(items.map((item) => item(scope)), context);
    }
    const single = compile(argument, context);
    return (scope) => {
      const value = single(scope);
      return evaluate(Array.isArray(value) ? value : [value], context);
    };
  };
}

function end(index: 0 | -1): OperatorCompiler {
  return (argument, context, compile) => {
    const input = compile(Array.isArray(argument) && argument.length === 1 ? (argument[0] as Value) : argument, context);
    return (scope) => {
      const value = input(scope);
      return Array.isArray(value) ? value.at(index) : isNullish(value) ? null : value;
    };
  };
}

/** The accumulators' second life as expressions over a list of values. */
export const accumulatorExpressions: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  ['$sum', overList(sumOf)],
  ['$avg', overList(averageOf)],
  ['$min', overList((values, context) => extremeOf(values, -1, context))],
  ['$max', overList((values, context) => extremeOf(values, 1, context))],
  ['$stdDevPop', overList((values) => deviationOf(values, false))],
  ['$stdDevSamp', overList((values) => deviationOf(values, true))],
  ['$first', end(0)],
  ['$last', end(-1)],
]);
