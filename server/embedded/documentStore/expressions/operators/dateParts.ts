import { Int32, Long, ObjectId, Timestamp } from 'bson';
import { StoreFailure } from '../../failures.js';
import { isDoc, type Value } from '../../values/bson.js';
import { isNullish, namedArguments, overNames, shown, text } from '../arguments.js';
import type { OperatorCompiler } from '../context.js';
import { toLocal } from './timeZone.js';

const dayLength = 86_400_000;

/** @throws 16006 when the value is no date */
export function asDate(value: Value | undefined): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.t * 1000);
  throw new StoreFailure(16006, `can't convert from BSON type ${shown(value)} to Date`);
}

/** The zone argument; undefined when none was given. @throws 40517 when it is no string */
export function asZone(value: Value | undefined): string | undefined {
  return value === undefined ? undefined : text('timezone', value, 40517);
}

/** Days since the year's first of January, from 1. */
export function dayOfYear(local: Date): number {
  return Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / dayLength) + 1;
}

/** The ISO 8601 week: the year it belongs to and its number. */
export function isoWeek(local: Date): { year: number; week: number } {
  const thursday = new Date(local.getTime());
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) };
}

/** The week of the year that starts on Sundays; days before the first Sunday are week 0. */
export function sundayWeek(local: Date): number {
  return Math.floor((dayOfYear(local) + 6 - local.getUTCDay()) / 7);
}

function part(name: string, read: (local: Date) => Value): [string, OperatorCompiler] {
  return [name, (argument, context, compile) => {
    const named = isDoc(argument) && Object.hasOwn(argument, 'date') ? namedArguments(name, argument, ['date'], ['timezone']) : undefined;
    const plain = Array.isArray(argument) && argument.length === 1 ? (argument[0] as Value) : argument;
    const date = compile(named === undefined ? plain : (named['date'] as Value), context);
    const zone = named?.['timezone'] === undefined ? undefined : compile(named['timezone'], context);
    return (scope) => {
      const value = date(scope);
      const place = zone?.(scope);
      if (isNullish(value) || (zone !== undefined && isNullish(place))) return null;
      return read(toLocal(asDate(value), asZone(place)));
    };
  }];
}

function intPart(name: string, read: (local: Date) => number): [string, OperatorCompiler] {
  return part(name, (local) => new Int32(read(local)));
}

/** The parts of a date, in UTC or a given zone. */
export const datePartOperators: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  intPart('$year', (local) => local.getUTCFullYear()),
  intPart('$month', (local) => local.getUTCMonth() + 1),
  intPart('$dayOfMonth', (local) => local.getUTCDate()),
  intPart('$hour', (local) => local.getUTCHours()),
  intPart('$minute', (local) => local.getUTCMinutes()),
  intPart('$second', (local) => local.getUTCSeconds()),
  intPart('$millisecond', (local) => local.getUTCMilliseconds()),
  intPart('$dayOfWeek', (local) => local.getUTCDay() + 1),
  intPart('$dayOfYear', dayOfYear),
  intPart('$week', sundayWeek),
  intPart('$isoDayOfWeek', (local) => local.getUTCDay() || 7),
  intPart('$isoWeek', (local) => isoWeek(local).week),
  part('$isoWeekYear', (local) => Long.fromNumber(isoWeek(local).year)),
  overNames('$dateToParts', ['date'], ['timezone', 'iso8601'], (get) => {
    const value = get('date');
    if (isNullish(value)) return null;
    const local = toLocal(asDate(value), asZone(get('timezone')));
    const time = {
      hour: new Int32(local.getUTCHours()), minute: new Int32(local.getUTCMinutes()), second: new Int32(local.getUTCSeconds()), millisecond: new Int32(local.getUTCMilliseconds()),
    };
    if (get('iso8601') === true) {
      const { year, week } = isoWeek(local);
      return { isoWeekYear: new Int32(year), isoWeek: new Int32(week), isoDayOfWeek: new Int32(local.getUTCDay() || 7), ...time };
    }
    return { year: new Int32(local.getUTCFullYear()), month: new Int32(local.getUTCMonth() + 1), day: new Int32(local.getUTCDate()), ...time };
  }),
]);
