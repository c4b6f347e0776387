import { type Decimal128, Double, Int32, type Long } from 'bson';
import { StoreFailure } from '../../failures.js';
import { isNumeric, type Value } from '../../values/bson.js';
import { toNumber } from '../../values/numbers.js';
import { isNullish, overNames, overValues, shown, text, whole } from '../arguments.js';
import type { OperatorCompiler } from '../context.js';

/** A value as the string operators take it: null is empty, numbers and dates are written out. */
export function toText(name: string, value: Value | undefined): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (isNumeric(value)) return numberText(value);
  throw new StoreFailure(16007, `can't convert from BSON type ${shown(value)} to String (${name})`);
}

/** A number as MongoDB writes it. */
export function numberText(value: Int32 | Double | Long | Decimal128): string {
  return value instanceof Double ? String(value.value) : value.toString();
}

const blanks = '\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

function trimmed(name: string, start: boolean, end: boolean): [string, OperatorCompiler] {
  return overNames(name, ['input'], ['chars'], (get, _context, has) => {
    const input = get('input');
    const chars = get('chars');
    if (isNullish(input) || (has('chars') && isNullish(chars))) return null;
    const drop = new Set(has('chars') ? text(name, chars, 50700) : blanks);
    const points = [...text(name, input, 50699)];
    let from = 0;
    let to = points.length;
    while (start && from < to && drop.has(points[from] as string)) from += 1;
    while (end && to > from && drop.has(points[to - 1] as string)) to -= 1;
    return points.slice(from, to).join('');
  });
}

function substringPoints(value: Value | undefined, from: Value | undefined, count: Value | undefined): Value {
  const points = [...toText('$substrCP', value)];
  const start = whole('$substrCP', from, 34450);
  const length = whole('$substrCP', count, 34452);
  if (start < 0) throw new StoreFailure(34455, '$substrCP: the starting index must be non-negative');
  if (length < 0) throw new StoreFailure(34454, '$substrCP: length must be a nonnegative integer');
  return points.slice(start, start + length).join('');
}

function substringBytes(name: string, value: Value | undefined, from: Value | undefined, count: Value | undefined): Value {
  const bytes = Buffer.from(toText(name, value));
  const start = isNumeric(from) ? Math.trunc(toNumber(from)) : whole(name, from, 16034);
  const length = isNumeric(count) ? Math.trunc(toNumber(count)) : whole(name, count, 16035);
  if (start < 0) throw new StoreFailure(50752, `${name}: starting index must be non-negative`);
  const part = bytes.subarray(start, length < 0 ? undefined : start + length);
  const cut = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
  if (cut(part[0]) || cut(bytes[start + part.length])) throw new StoreFailure(28656, `${name}: Invalid range, starting or ending index is in the middle of a UTF-8 character.`);
  return part.toString();
}

function split(value: Value | undefined, separator: Value | undefined): Value {
  if (isNullish(value) || isNullish(separator)) return null;
  const between = text('$split', separator, 40086);
  if (between === '') throw new StoreFailure(40087, '$split requires a non-empty separator');
  return text('$split', value, 40085).split(between);
}

function concat(values: readonly (Value | undefined)[]): Value {
  if (values.some(isNullish)) return null;
  return values.map((value) => text('$concat', value, 16702)).join('');
}

function asciiCase(value: string, change: (letters: string) => string): string {
  return value.replace(/[a-z]+/gi, change);
}

/** Building and cutting strings. */
export const stringOperators: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  overValues('$concat', 0, Infinity, concat),
  overValues('$split', 2, 2, ([value, separator]) => split(value, separator)),
  overValues('$toLower', 1, 1, ([value]) => asciiCase(toText('$toLower', value), (letters) => letters.toLowerCase())),
  overValues('$toUpper', 1, 1, ([value]) => asciiCase(toText('$toUpper', value), (letters) => letters.toUpperCase())),
  trimmed('$trim', true, true), trimmed('$ltrim', true, false), trimmed('$rtrim', false, true),
  overValues('$substrCP', 3, 3, ([value, from, count]) => substringPoints(value, from, count)),
  overValues('$substrBytes', 3, 3, ([value, from, count]) => substringBytes('$substrBytes', value, from, count)),
  overValues('$substr', 3, 3, ([value, from, count]) => substringBytes('$substr', value, from, count)),
  overValues('$strLenCP', 1, 1, ([value]) => new Int32([...text('$strLenCP', value, 34471)].length)),
  overValues('$strLenBytes', 1, 1, ([value]) => new Int32(Buffer.byteLength(text('$strLenBytes', value, 34473)))),
]);
