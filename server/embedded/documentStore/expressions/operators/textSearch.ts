import { BSONRegExp, Int32 } from 'bson';
import { StoreFailure } from '../../failures.js';
import { toRegExp } from '../../query/regex.js';
import type { Value } from '../../values/bson.js';
import { compareBinary } from '../../values/compare.js';
import { isNullish, overNames, overValues, text, whole } from '../arguments.js';
import type { OperatorCompiler } from '../context.js';
import { toText } from './strings.js';

function indexOf(name: string, values: readonly (Value | undefined)[], unitsOf: (value: string) => readonly (string | number)[]): Value {
  if (isNullish(values[0])) return null;
  const units = unitsOf(text(name, values[0], 40091));
  const wanted = unitsOf(text(name, values[1], 40092));
  const start = values.length > 2 ? whole(name, values[2], 40096) : 0;
  const end = Math.min(values.length > 3 ? whole(name, values[3], 40096) : units.length, units.length);
  if (start < 0 || end < 0) throw new StoreFailure(40097, `${name} requires a nonnegative start and end index`);
  for (let at = start; at + wanted.length <= end; at += 1) {
    if (wanted.every((unit, offset) => unit === units[at + offset])) return new Int32(at);
  }
  return new Int32(-1);
}

type Get = (argument: string) => Value | undefined;

function patternOf(name: string, get: Get): RegExp | null {
  const regex = get('regex');
  const options = get('options');
  if (isNullish(regex)) return null;
  if (!isNullish(options) && typeof options !== 'string') throw new StoreFailure(51106, `${name} needs 'options' to be of type string`);
  if (regex instanceof BSONRegExp) {
    if (regex.options !== '' && !isNullish(options)) throw new StoreFailure(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
    return toRegExp(regex.pattern, options ?? regex.options);
  }
  return toRegExp(text(name, regex, 51105), options ?? '');
}

function viewMatch(match: RegExpMatchArray): Value {
  const before = (match.input ?? '').slice(0, match.index);
  return { match: match[0], idx: new Int32([...before].length), captures: match.slice(1).map((capture: string | undefined) => capture ?? null) };
}

function overPattern(name: string, evaluate: (input: string, pattern: RegExp) => Value, absent: Value): [string, OperatorCompiler] {
  return overNames(name, ['input', 'regex'], ['options'], (get) => {
    const input = get('input');
    const pattern = patternOf(name, get);
    return isNullish(input) || pattern === null ? absent : evaluate(text(name, input, 51104), pattern);
  });
}

function replacing(name: string, replace: (input: string, find: string, replacement: string) => string): [string, OperatorCompiler] {
  return overNames(name, ['input', 'find', 'replacement'], [], (get) => {
    const parts = ['input', 'find', 'replacement'].map((argument) => get(argument));
    if (parts.some(isNullish)) return null;
    const [input, find, replacement] = parts.map((part, at) => text(name, part, [51746, 51745, 51744][at] as number)) as [string, string, string];
    return replace(input, find, replacement);
  });
}

/** Finding text in text. */
export const textSearchOperators: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  overValues('$indexOfCP', 2, 4, (values) => indexOf('$indexOfCP', values, (value) => [...value])),
  overValues('$indexOfBytes', 2, 4, (values) => indexOf('$indexOfBytes', values, (value) => [...Buffer.from(value)])),
  overValues('$strcasecmp', 2, 2, ([left, right]) => new Int32(Math.sign(compareBinary(toText('$strcasecmp', left).toUpperCase(), toText('$strcasecmp', right).toUpperCase())))),
  overPattern('$regexMatch', (input, pattern) => pattern.test(input), false),
  overPattern('$regexFind', (input, pattern) => {
    const match = pattern.exec(input);
    return match === null ? null : viewMatch(match);
  }, null),
  overPattern('$regexFindAll', (input, pattern) => [...input.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))].map(viewMatch), []),
  replacing('$replaceOne', (input, find, replacement) => input.replace(find, () => replacement)),
  replacing('$replaceAll', (input, find, replacement) => input.replaceAll(find, () => replacement)),
]);
