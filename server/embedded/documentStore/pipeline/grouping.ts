import { Int32 } from 'bson';
import { StoreFailure } from '../failures.js';
import { averageOf, deviationOf, extremeOf } from '../expressions/operators/accumulators.js';
import { isNullish } from '../expressions/arguments.js';
import { compileExpression, evaluateRoot } from '../expressions/compile.js';
import type { Context, Expression } from '../expressions/context.js';
import { compareBySort, parseSort } from '../expressions/sortBy.js';
import { isDoc, isNumeric, setField, typeName, type Doc, type Value } from '../values/bson.js';
import { encodeBound } from '../values/keyEncoding.js';
import { addWide, toNumber } from '../values/numbers.js';
import { compareValues } from '../values/compare.js';
import type { Stage, StageContext } from './stream.js';

/** What one group gathers for one field. */
interface Accumulator { add(doc: Doc): void; result(): Value }

/** Makes a fresh accumulator for each group. */
type AccumulatorCompiler = (argument: Value, context: Context) => () => Accumulator;

function gathering(finish: (values: (Value | undefined)[], context: Context) => Value): AccumulatorCompiler {
  return (argument, context) => {
    const expression = compileExpression(argument, context);
    return () => {
      const values: (Value | undefined)[] = [];
      return { add: (doc) => values.push(evaluateRoot(expression, doc, context)), result: () => finish(values, context) };
    };
  };
}

/** Folds values as they come, where nothing but the running one needs keeping. */
function folding(start: () => Value | undefined, step: (running: Value | undefined, value: Value | undefined, context: Context, first: boolean) => Value | undefined): AccumulatorCompiler {
  return (argument, context) => {
    const expression = compileExpression(argument, context);
    return () => {
      let running = start();
      let first = true;
      return {
        add: (doc) => {
          running = step(running, evaluateRoot(expression, doc, context), context, first);
          first = false;
        },
        result: () => running ?? null,
      };
    };
  };
}

function extreme(direction: 1 | -1): AccumulatorCompiler {
  return folding(() => undefined, (running, value, context) => {
    const best = extremeOf([running, value], direction, context);
    return best === null ? undefined : best;
  });
}

/** `$top`, `$bottomN` and the like: the output of the documents that come first or last in an order. */
function ranked(name: string, many: boolean, fromEnd: boolean): AccumulatorCompiler {
  return (argument, context) => {
    if (!isDoc(argument) || !isDoc(argument['sortBy']) || argument['output'] === undefined) throw new StoreFailure(5788005, `${name} needs 'sortBy' and 'output'`);
    const order = compareBySort(parseSort(argument['sortBy']), context.compare);
    const output = compileExpression(argument['output'], context);
    const count = many ? countOf(name, argument['n'], context) : 1;
    return () => {
      const docs: Doc[] = [];
      return {
        add: (doc) => docs.push(doc),
        result: () => {
          const sorted = [...docs].sort(order);
          const picked = (fromEnd ? sorted.slice(-count) : sorted.slice(0, count)).map((doc) => evaluateRoot(output, doc, context) ?? null);
          return many ? picked : (picked[0] ?? null);
        },
      };
    };
  };
}

function countOf(name: string, n: Value | undefined, context: Context): number {
  const value = n === undefined ? undefined : compileExpression(n, context)({ root: {}, variables: context.variables });
  const count = isNumeric(value) ? toNumber(value) : Number.NaN;
  if (!Number.isInteger(count) || count <= 0) throw new StoreFailure(5787908, `'n' of ${name} must be a positive whole number`);
  return count;
}

function firstOrLastN(name: string, pick: (values: Value[], n: number, context: Context) => Value[]): AccumulatorCompiler {
  return (argument, context) => {
    if (!isDoc(argument) || argument['input'] === undefined) throw new StoreFailure(5787906, `${name} needs 'input' and 'n'`);
    const count = countOf(name, argument['n'], context);
    return gathering((values) => pick(values.map((value) => value ?? null), count, context))(argument['input'], context);
  };
}

function distinctValues(values: readonly (Value | undefined)[], context: Context): Value[] {
  const kept: Value[] = [];
  const seen = new Set<string>();
  for (const value of values) {
    if (value === undefined) continue;
    const key = context.compare === compareValues ? encodeBound([value], []).toString('latin1') : undefined;
    if (key === undefined ? kept.some((other) => context.compare(other, value) === 0) : seen.has(key)) continue;
    if (key !== undefined) seen.add(key);
    kept.push(value);
  }
  return kept;
}

function mergeAll(values: readonly (Value | undefined)[]): Value {
  const result: Doc = {};
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isDoc(value)) throw new StoreFailure(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
    for (const [name, field] of Object.entries(value)) setField(result, name, field);
  }
  return result;
}

const present = (values: Value[]): Value[] => values.filter((value) => value !== null);

const accumulators: ReadonlyMap<string, AccumulatorCompiler> = new Map<string, AccumulatorCompiler>([
  ['$sum', folding(() => new Int32(0), (running, value) => (isNumeric(running) && isNumeric(value) ? addWide(running, value) : running))],
  ['$avg', gathering(averageOf)],
  ['$min', extreme(-1)],
  ['$max', extreme(1)],
  ['$first', folding(() => undefined, (running, value, _context, first) => (first ? value : running))],
  ['$last', folding(() => undefined, (_running, value) => value)],
  ['$push', gathering((values) => values.filter((value) => value !== undefined))],
  ['$addToSet', gathering(distinctValues)],
  ['$mergeObjects', gathering(mergeAll)],
  ['$stdDevPop', gathering((values) => deviationOf(values, false))],
  ['$stdDevSamp', gathering((values) => deviationOf(values, true))],
  ['$top', ranked('$top', false, false)], ['$bottom', ranked('$bottom', false, true)],
  ['$topN', ranked('$topN', true, false)], ['$bottomN', ranked('$bottomN', true, true)],
  ['$firstN', firstOrLastN('$firstN', (values, n) => values.slice(0, n))],
  ['$lastN', firstOrLastN('$lastN', (values, n) => values.slice(-n))],
  ['$maxN', firstOrLastN('$maxN', (values, n, { compare }) => present(values).sort((a, b) => compare(b, a)).slice(0, n))],
  ['$minN', firstOrLastN('$minN', (values, n, { compare }) => present(values).sort(compare).slice(0, n))],
]);

/** The accumulator a field of `$group` names. @throws 40234, 15952 */
export function compileAccumulator(field: string, spec: Value, context: Context): () => Accumulator {
  const name = isDoc(spec) && Object.keys(spec).length === 1 ? (Object.keys(spec)[0] as string) : undefined;
  if (name === undefined || !isDoc(spec)) throw new StoreFailure(40234, `The field '${field}' must be an accumulator object`);
  if (name === '$count') {
    if (!isDoc(spec[name]) || Object.keys(spec[name]).length > 0) throw new StoreFailure('TypeMismatch', '$count takes no arguments, i.e. $count:{}');
    return (accumulators.get('$sum') as AccumulatorCompiler)(new Int32(1), context);
  }
  const accumulator = accumulators.get(name);
  if (accumulator === undefined) throw new StoreFailure(15952, `unknown group operator '${name}'`);
  return accumulator(spec[name] as Value, context);
}

/** `$group`, over a key given as an expression. */
export function groupBy(id: Expression, fields: readonly { name: string; start: () => Accumulator }[], context: Context): Stage {
  return async function* (input) {
    const groups = new Map<string, { id: Value; values: Accumulator[] }>();
    for await (const docs of input) {
      for (const doc of docs) {
        const key = evaluateRoot(id, doc, context) ?? null;
        const hash = groupHash(key, groups, context);
        let group = groups.get(hash);
        if (group === undefined) groups.set(hash, (group = { id: key, values: fields.map(({ start }) => start()) }));
        for (const value of group.values) value.add(doc);
      }
    }
    yield [...groups.values()].map((group) => {
      const result: Doc = { _id: group.id };
      for (const [at, { name }] of fields.entries()) setField(result, name, group.values[at]?.result() ?? null);
      return result;
    });
  };
}

function groupHash(key: Value, groups: ReadonlyMap<string, { id: Value }>, context: Context): string {
  if (context.compare !== compareValues) {
    for (const [hash, group] of groups) if (context.compare(group.id, key) === 0) return hash;
  }
  return encodeBound([key], []).toString('latin1');
}

/** Compiles `$group`. @throws 15955 without `_id` */
export function compileGroup(argument: Value, { context }: StageContext): Stage {
  if (!isDoc(argument)) throw new StoreFailure(15947, "a group's fields must be specified in an object");
  if (argument['_id'] === undefined) throw new StoreFailure(15955, 'a group specification must include an _id');
  const { _id: id, ...rest } = argument;
  const fields = Object.entries(rest).map(([name, spec]) => {
    if (name.includes('.')) throw new StoreFailure(40235, `The field name '${name}' cannot contain '.'`);
    return { name, start: compileAccumulator(name, spec, context) };
  });
  return groupBy(compileExpression(id, context), fields, context);
}
