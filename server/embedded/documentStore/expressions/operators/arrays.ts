import { Int32 } from 'bson';
import { StoreFailure } from '../../failures.js';
import { getField, isDoc, setField, type Doc, type Value } from '../../values/bson.js';
import { isNullish, list, overNames, overValues, shown, whole } from '../arguments.js';
import { compileSort } from '../sortBy.js';
import type { Context, OperatorCompiler } from '../context.js';

function elementAt(name: string, array: Value | undefined, index: number): Value | undefined {
  if (isNullish(array)) return null;
  const items = list(name, array, 28689);
  return items[index < 0 ? items.length + index : index];
}

function slice(array: Value | undefined, from: Value | undefined, count: Value | undefined, three: boolean): Value {
  if (isNullish(array) || isNullish(from) || (three && isNullish(count))) return null;
  const items = list('$slice', array, 28724);
  const first = whole('$slice', from, 28725);
  if (!three) return first >= 0 ? items.slice(0, first) : items.slice(first);
  const size = whole('$slice', count, 28727);
  if (size <= 0) throw new StoreFailure(28729, `Third argument to $slice must be positive: ${size}`);
  const start = first < 0 ? Math.max(items.length + first, 0) : first;
  return items.slice(start, start + size);
}

function range(values: readonly (Value | undefined)[]): Value {
  const [start, end] = [whole('$range', values[0], 34443), whole('$range', values[1], 34445)];
  const step = values.length === 3 ? whole('$range', values[2], 34447) : 1;
  if (step === 0) throw new StoreFailure(34449, '$range requires a non-zero step value');
  const result: Value[] = [];
  for (let at = start; step > 0 ? at < end : at > end; at += step) {
    if (result.length >= 1_000_000) throw new StoreFailure('ExceededMemoryLimit', '$range would use too much memory');
    result.push(new Int32(at));
  }
  return result;
}

function indexOf(values: readonly (Value | undefined)[], context: Context): Value {
  if (isNullish(values[0])) return null;
  const items = list('$indexOfArray', values[0], 40090);
  const start = values.length > 2 ? whole('$indexOfArray', values[2], 40096) : 0;
  const end = values.length > 3 ? whole('$indexOfArray', values[3], 40096) : items.length;
  const at = items.slice(0, end).findIndex((item, index) => index >= start && context.compare(item, values[1]) === 0);
  return new Int32(at);
}

function zip(get: (argument: string) => Value | undefined, has: (argument: string) => boolean): Value {
  const inputs = list('$zip', get('inputs'), 34461);
  if (inputs.some(isNullish)) return null;
  const arrays = inputs.map((input) => list('$zip', input, 34468));
  const longest = get('useLongestLength') === true;
  if (has('defaults') && !longest) throw new StoreFailure(34466, 'cannot specify defaults unless useLongestLength is true');
  const defaults = has('defaults') ? list('$zip', get('defaults'), 34462) : [];
  const lengths = arrays.map((array) => array.length);
  const length = longest ? Math.max(0, ...lengths) : Math.min(...lengths);
  return Array.from({ length }, (_, at) => arrays.map((array, input) => array[at] ?? defaults[input] ?? null));
}

function toPairs(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  if (!isDoc(value)) throw new StoreFailure(40390, `$objectToArray requires a document input, found: ${shown(value)}`);
  return Object.entries(value).map(([k, v]) => ({ k, v }));
}

function fromPairs(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  const result: Doc = {};
  for (const item of list('$arrayToObject', value, 40386)) {
    const key = Array.isArray(item) ? item[0] : isDoc(item) ? getField(item, 'k') : undefined;
    const content = Array.isArray(item) ? item[1] : isDoc(item) ? getField(item, 'v') : undefined;
    const size = Array.isArray(item) ? item.length : isDoc(item) ? Object.keys(item).length : 0;
    if (typeof key !== 'string' || content === undefined || size !== 2) {
      throw new StoreFailure(40392, '$arrayToObject requires an array of [key, value] pairs or of documents with the fields k and v');
    }
    setField(result, key, content);
  }
  return result;
}

function firstN(name: string, pick: (items: Value[], n: number, context: Context) => Value[]): [string, OperatorCompiler] {
  return overNames(name, ['n', 'input'], [], (get, context) => {
    const n = whole(name, get('n'), 5787902);
    if (n <= 0) throw new StoreFailure(5787908, `${name} needs 'n' greater than zero, found ${n}`);
    return pick(list(name, get('input'), 5788200), n, context);
  });
}

const sortArray: OperatorCompiler = (argument, context, compile) => {
  if (!isDoc(argument) || argument['input'] === undefined || argument['sortBy'] === undefined) throw new StoreFailure(2942502, '$sortArray requires "input" and "sortBy"');
  const input = compile(argument['input'], context);
  const order = compileSort(argument['sortBy'], context.compare);
  return (scope) => {
    const value = input(scope);
    return isNullish(value) ? null : [...list('$sortArray', value, 2942504)].sort(order);
  };
};

function concatenate(values: readonly (Value | undefined)[]): Value {
  if (values.some(isNullish)) return null;
  return values.flatMap((value) => list('$concatArrays', value, 28664));
}

/** Operators over arrays that evaluate nothing per item (those stand in `iterations.ts`). */
export const arrayOperators: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  overValues('$arrayElemAt', 2, 2, ([array, index]) => (isNullish(array) || isNullish(index) ? null : elementAt('$arrayElemAt', array, whole('$arrayElemAt', index, 28690)))),
  overValues('$concatArrays', 0, Infinity, concatenate),
  overValues('$in', 2, 2, ([value, array], context) => list('$in', array, 40081).some((item) => context.compare(item, value) === 0)),
  overValues('$indexOfArray', 2, 4, indexOf),
  overValues('$isArray', 1, 1, ([value]) => Array.isArray(value)),
  overValues('$size', 1, 1, ([value]) => new Int32(list('The argument to $size', value, 17124).length)),
  ['$slice', (argument, context, compile) => {
    const three = Array.isArray(argument) && argument.length === 3;
    return overValues('$slice', 2, 3, ([array, from, count]) => slice(array, from, count, three))[1](argument, context, compile);
  }],
  overValues('$reverseArray', 1, 1, ([value]) => (isNullish(value) ? null : [...list('$reverseArray', value, 34435)].reverse())),
  overValues('$range', 2, 3, range),
  overNames('$zip', ['inputs'], ['useLongestLength', 'defaults'], (get, _context, has) => zip(get, has)),
  overValues('$objectToArray', 1, 1, ([value]) => toPairs(value)),
  overValues('$arrayToObject', 1, 1, ([value]) => fromPairs(value)),
  firstN('$firstN', (items, n) => items.slice(0, n)),
  firstN('$lastN', (items, n) => items.slice(-n)),
  firstN('$maxN', (items, n, { compare }) => items.filter((item) => !isNullish(item)).sort((a, b) => compare(b, a)).slice(0, n)),
  firstN('$minN', (items, n, { compare }) => items.filter((item) => !isNullish(item)).sort(compare).slice(0, n)),
  ['$sortArray', sortArray],
]);
