import { Long } from 'bson';
import { StoreFailure, notSupported } from '../../failures.js';
import { isNumeric, type Value } from '../../values/bson.js';
import { toNumber } from '../../values/numbers.js';
import { isNullish, overNames, text, whole } from '../arguments.js';
import type { OperatorCompiler } from '../context.js';
import { parseIsoDate } from './conversions.js';
import { asDate, asZone, dayOfYear, isoWeek, sundayWeek } from './dateParts.js';
import { fromLocal, toLocal, zoneOffset } from './timeZone.js';

type Get = (argument: string) => Value | undefined;

const fixedUnits: Readonly<Record<string, number>> = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000 };
const dayUnits: Readonly<Record<string, number>> = { day: 1, week: 7 };
const monthUnits: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const dayLength = 86_400_000;

function unitOf(name: string, value: Value | undefined): string {
  const unit = text(name, value, 5439013);
  if (!(unit in fixedUnits) && !(unit in dayUnits) && !(unit in monthUnits)) throw new StoreFailure('FailedToParse', `unknown time unit value: ${unit}`);
  return unit;
}

function addMonths(local: Date, months: number): Date {
  const moved = new Date(local.getTime());
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(local.getUTCDate(), lastDay));
  return moved;
}

/** Adds an amount of a unit; days and longer units keep the local time of day. */
function dateAdd(name: string, get: Get, sign: 1 | -1): Value {
  const [start, unitValue, amountValue] = [get('startDate'), get('unit'), get('amount')];
  if (isNullish(start) || isNullish(unitValue) || isNullish(amountValue)) return null;
  const unit = unitOf(name, unitValue);
  const amount = whole(name, amountValue, 5166405) * sign;
  const date = asDate(start);
  const fixed = fixedUnits[unit];
  if (fixed !== undefined) return new Date(date.getTime() + amount * fixed);
  const zone = asZone(get('timezone'));
  const local = toLocal(date, zone);
  const days = dayUnits[unit];
  const moved = days === undefined ? addMonths(local, amount * (monthUnits[unit] as number)) : new Date(local.getTime() + amount * days * dayLength);
  return fromLocal(moved, zone);
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function weekStart(value: Value | undefined): number {
  if (value === undefined) return 0;
  const wanted = text('startOfWeek', value, 5439015).toLowerCase();
  const at = weekdays.findIndex((day) => day === wanted || day.slice(0, 3) === wanted);
  if (at === -1) throw new StoreFailure('FailedToParse', `unknown day of week value: ${wanted}`);
  return at;
}

/** How many unit boundaries lie between the epoch and a local time. */
function boundaries(local: Date, unit: string, startOfWeek: number): number {
  const fixed = fixedUnits[unit];
  if (fixed !== undefined) return Math.floor(local.getTime() / fixed);
  const days = Math.floor(local.getTime() / dayLength);
  if (unit === 'day') return days;
  // 1970-01-01 was a Thursday, day 4 of the week.
  if (unit === 'week') return Math.floor((days + 4 - startOfWeek) / 7);
  return Math.floor((local.getUTCFullYear() * 12 + local.getUTCMonth()) / (monthUnits[unit] as number));
}

function dateDiff(get: Get): Value {
  const [start, end, unitValue] = [get('startDate'), get('endDate'), get('unit')];
  if (isNullish(start) || isNullish(end) || isNullish(unitValue)) return null;
  const unit = unitOf('$dateDiff', unitValue);
  const zone = asZone(get('timezone'));
  const from = weekStart(get('startOfWeek'));
  return Long.fromNumber(boundaries(toLocal(asDate(end), zone), unit, from) - boundaries(toLocal(asDate(start), zone), unit, from));
}

function dateTrunc(get: Get): Value {
  const [value, unitValue] = [get('date'), get('unit')];
  if (isNullish(value) || isNullish(unitValue)) return null;
  const unit = unitOf('$dateTrunc', unitValue);
  const size = get('binSize');
  if (size !== undefined && whole('$dateTrunc', size, 5439017) !== 1) throw notSupported('$dateTrunc with a binSize other than 1');
  const zone = asZone(get('timezone'));
  const local = toLocal(asDate(value), zone);
  const from = weekStart(get('startOfWeek'));
  const count = boundaries(local, unit, from);
  const fixed = fixedUnits[unit] ?? (unit === 'day' ? dayLength : undefined);
  if (fixed !== undefined) return fromLocal(new Date(count * fixed), zone);
  if (unit === 'week') return fromLocal(new Date((count * 7 - 4 + from) * dayLength), zone);
  return fromLocal(new Date(Date.UTC(Math.floor((count * (monthUnits[unit] as number)) / 12), (count * (monthUnits[unit] as number)) % 12, 1)), zone);
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function offsetText(minutes: number): string {
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60), 2)}${pad(Math.abs(minutes) % 60, 2)}`;
}

const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

function formatPart(letter: string, local: Date, offset: number): string {
  switch (letter) {
    case 'Y': return pad(local.getUTCFullYear(), 4);
    case 'm': return pad(local.getUTCMonth() + 1, 2);
    case 'd': return pad(local.getUTCDate(), 2);
    case 'H': return pad(local.getUTCHours(), 2);
    case 'M': return pad(local.getUTCMinutes(), 2);
    case 'S': return pad(local.getUTCSeconds(), 2);
    case 'L': return pad(local.getUTCMilliseconds(), 3);
    case 'j': return pad(dayOfYear(local), 3);
    case 'w': return String(local.getUTCDay() + 1);
    case 'u': return String(local.getUTCDay() || 7);
    case 'U': return pad(sundayWeek(local), 2);
    case 'V': return pad(isoWeek(local).week, 2);
    case 'G': return pad(isoWeek(local).year, 4);
    case 'b': return (monthNames[local.getUTCMonth()] as string).slice(0, 3);
    case 'B': return monthNames[local.getUTCMonth()] as string;
    case 'z': return offsetText(offset / 60_000);
    case 'Z': return String(offset / 60_000);
    case '%': return '%';
    default: throw new StoreFailure(18536, `Invalid format character '%${letter}' in format string`);
  }
}

function dateToString(get: Get, has: (argument: string) => boolean): Value | undefined {
  const value = get('date');
  if (isNullish(value)) return has('onNull') ? get('onNull') : null;
  const format = get('format');
  if (has('format') && isNullish(format)) return null;
  const zone = asZone(get('timezone'));
  const date = asDate(value);
  const offset = zoneOffset(zone, date);
  const pattern = has('format') ? text('$dateToString', format, 18533) : zone === undefined || offset === 0 ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L';
  return pattern.replace(/%(.)/gs, (_, letter: string) => formatPart(letter, toLocal(date, zone), offset));
}

function dateFromString(get: Get, has: (argument: string) => boolean): Value | undefined {
  if (has('format')) throw notSupported('$dateFromString with a format');
  const value = get('dateString');
  if (isNullish(value)) return has('onNull') ? get('onNull') : null;
  const parsed = typeof value === 'string' ? parseIsoDate(value) : undefined;
  if (parsed !== undefined) return has('timezone') ? fromLocal(parsed, asZone(get('timezone'))) : parsed;
  if (has('onError')) return get('onError');
  throw new StoreFailure('ConversionFailure', `Error parsing date string '${String(value)}'`);
}

function dateFromParts(get: Get): Value {
  const numbers = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'].map((name) => {
    const value = get(name);
    if (value === undefined) return name === 'month' || name === 'day' ? 1 : 0;
    return isNumeric(value) ? toNumber(value) : undefined;
  });
  if (numbers.includes(undefined)) return null;
  const [year, month, day, hour, minute, second, millisecond] = numbers as [number, number, number, number, number, number, number];
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second, millisecond);
  return fromLocal(local, asZone(get('timezone')));
}

/** Reckoning with dates. */
export const dateOperators: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  overNames('$dateAdd', ['startDate', 'unit', 'amount'], ['timezone'], (get) => dateAdd('$dateAdd', get, 1)),
  overNames('$dateSubtract', ['startDate', 'unit', 'amount'], ['timezone'], (get) => dateAdd('$dateSubtract', get, -1)),
  overNames('$dateDiff', ['startDate', 'endDate', 'unit'], ['timezone', 'startOfWeek'], dateDiff),
  overNames('$dateTrunc', ['date', 'unit'], ['binSize', 'timezone', 'startOfWeek'], dateTrunc),
  overNames('$dateToString', ['date'], ['format', 'timezone', 'onNull'], (get, _context, has) => dateToString(get, has)),
  overNames('$dateFromString', ['dateString'], ['format', 'timezone', 'onNull', 'onError'], (get, _context, has) => dateFromString(get, has)),
  overNames('$dateFromParts', ['year'], ['month', 'day', 'hour', 'minute', 'second', 'millisecond', 'timezone'], dateFromParts),
]);
