import { StoreFailure } from '../failures.js';
import type { SortField } from '../expressions/sortBy.js';
import { isDoc, isNumeric, type Doc, type Value } from '../values/bson.js';
import { compareValues, sameValue } from '../values/compare.js';
import { toNumber } from '../values/numbers.js';
import type { Collection } from '../storage/collection.js';
import { above, longestEntryKey, type Index } from '../storage/index.js';
import type { KeyRange } from '../storage/engine.js';
import { readConditions, type Condition, type Conditions } from './bounds.js';
import { isCovered } from './coverage.js';
import { impliesPartial, impliesPresence } from './implication.js';

/** How the documents of a query are found. The filter is applied to each of them, unless the ranges say all that it does. */
export type Plan =
  | { readonly kind: 'collection'; readonly reverse: boolean; readonly sorted: boolean }
  | { readonly kind: 'index'; readonly index: Index; readonly ranges: readonly KeyRange[]; readonly bounds: Doc; readonly reverse: boolean; readonly sorted: boolean; /** The ranges hold nothing but matches. */ readonly covered: boolean };

/** What is asked. */
export interface Query {
  readonly filter: Doc;
  readonly sort: readonly SortField[];
  /** An index by name or key, or `{$natural: ±1}`. */
  readonly hint: Value | undefined;
  /** False under a collation: strings then lie in the index in another order than the query's. */
  readonly binaryStrings: boolean;
}

interface Candidate { readonly index: Index; readonly equal: number; readonly ranged: boolean; readonly sorted: boolean; readonly reverse: boolean; readonly conditions: readonly Condition[] }

const mostPoints = 2000;

/**
 * Chooses a plan: among usable indexes the one with the longest prefix of equalities, then one that also serves the sort, then
 * one that also has a range.
 * @throws BadValue (2) for a hint that names no index
 */
export function choosePlan(collection: Collection, query: Query): Plan {
  const natural = naturalOrder(query);
  if (natural !== undefined) return { kind: 'collection', reverse: natural === -1, sorted: true };
  const hinted = query.hint === undefined ? undefined : hintedIndex(collection, query.hint);
  const conditions = readConditions(query.filter);
  const usable = hinted === undefined ? collection.indexes.filter((index) => index.definition.ready && isUsable(index, conditions, query)) : [hinted];
  const candidates = usable.map((index) => consider(index, conditions, query)).filter((candidate) => hinted !== undefined || candidate.equal > 0 || candidate.ranged || candidate.sorted);
  const best = candidates.sort(compareCandidates)[0];
  if (best === undefined) return { kind: 'collection', reverse: false, sorted: query.sort.length === 0 };
  const covered = query.binaryStrings && !best.index.definition.multikey && isCovered(query.filter, best.index.fields.slice(0, best.conditions.length));
  return { kind: 'index', index: best.index, ...rangesOf(best), reverse: best.reverse, sorted: best.sorted || query.sort.length === 0, covered };
}

function naturalOrder(query: Query): number | undefined {
  const hint = isDoc(query.hint) && Object.hasOwn(query.hint, '$natural') ? query.hint['$natural'] : undefined;
  if (hint !== undefined) return query.sort.length === 0 ? (isNumeric(hint) && toNumber(hint) < 0 ? -1 : 1) : undefined;
  return query.sort[0]?.field === '$natural' ? query.sort[0].direction : undefined;
}

/** The index a hint names. @throws BadValue (2) when it names none */
export function hintedIndex(collection: Collection, hint: Value): Index {
  const found = collection.indexes.find(({ definition }) => definition.ready && (definition.name === hint || (isDoc(hint) && sameValue(definition.key, hint))));
  if (found === undefined) throw new StoreFailure('BadValue', 'hint provided does not correspond to an existing index');
  return found;
}

/** Whether every matching document has its entries in the index. */
function isUsable(index: Index, conditions: Conditions, query: Query): boolean {
  const { partialFilterExpression, sparse } = index.definition;
  if (partialFilterExpression !== undefined && !impliesPartial(query.filter, partialFilterExpression)) return false;
  return !sparse || index.fields.some((field) => impliesPresence(conditions.get(field) ?? []));
}

function compareCandidates(left: Candidate, right: Candidate): number {
  const rank = ({ index, equal, ranged, sorted }: Candidate): number[] => [
    index.definition.unique && equal === index.fields.length ? 1 : 0, equal, Number(sorted), Number(ranged), -index.fields.length,
  ];
  const [a, b] = [rank(left), rank(right)];
  return a.reduce((order, value, at) => order || (b[at] as number) - value, 0);
}

function consider(index: Index, conditions: Conditions, query: Query): Candidate {
  const chosen: Condition[] = [];
  const roots = new Set<string>();
  let points = 1;
  for (const [at, field] of index.fields.entries()) {
    const root = index.paths[at]?.[0] as string;
    // Two conditions on one array may be met by different items of it, which share no key.
    if (index.definition.multikey && roots.has(root)) break;
    const condition = merge((conditions.get(field) ?? []).filter((one) => query.binaryStrings || isFreeOfStrings(one)), index.definition.multikey);
    if (condition === undefined) break;
    if (condition.kind === 'points' && points * condition.values.length > mostPoints) break;
    if (condition.kind === 'points') points *= condition.values.length;
    chosen.push(condition);
    roots.add(root);
    if (condition.kind === 'range') break;
  }
  const equal = chosen.filter(({ kind }) => kind === 'points').length;
  const single = chosen.filter((condition) => condition.kind === 'points' && condition.values.length === 1).length;
  const reverse = index.definition.multikey || !query.binaryStrings ? undefined : sortDirection(index, query.sort, chosen, single);
  return { index, equal, ranged: chosen.length > equal, sorted: reverse !== undefined, reverse: reverse ?? false, conditions: chosen };
}

/** Whether the index, after `fixed` single values, runs in the order of the sort: false forwards, true backwards, undefined not. */
function sortDirection(index: Index, sort: readonly SortField[], chosen: readonly Condition[], single: number): boolean | undefined {
  if (sort.length === 0) return undefined;
  const fixed = new Set(index.fields.slice(0, leadingSingles(chosen)));
  if (single < chosen.filter(({ kind }) => kind === 'points').length) return undefined;
  const wanted = sort.filter(({ field }) => !fixed.has(field));
  let at = fixed.size;
  let reverse: boolean | undefined;
  for (const { field, direction } of wanted) {
    if (index.fields[at] !== field) return undefined;
    const backwards = (index.descending[at] ? -1 : 1) !== direction;
    if (reverse !== undefined && reverse !== backwards) return undefined;
    reverse = backwards;
    at += 1;
  }
  return reverse ?? false;
}

function leadingSingles(chosen: readonly Condition[]): number {
  const end = chosen.findIndex((condition) => condition.kind !== 'points' || condition.values.length !== 1);
  return end === -1 ? chosen.length : end;
}

function isFreeOfStrings(condition: Condition): boolean {
  const free = (value: Value | undefined): boolean => typeof value !== 'string' && (typeof value !== 'object' || value === null || !(isDoc(value) || Array.isArray(value)));
  if (condition.kind === 'points') return condition.values.every(free);
  return free(condition.lower?.value) && free(condition.upper?.value);
}

/** One condition for the scan out of all on a path: the fewest points, or the narrowest range (on arrays, one end of it). */
function merge(conditions: readonly Condition[], multikey: boolean): Condition | undefined {
  const points = conditions.filter((condition) => condition.kind === 'points').sort((a, b) => a.values.length - b.values.length)[0];
  if (points !== undefined) return points;
  let result: Condition | undefined;
  for (const condition of conditions) {
    if (condition.kind !== 'range') continue;
    if (result === undefined || result.kind !== 'range') result = condition;
    else if (!multikey) {
      if (result.rank !== condition.rank) return { kind: 'points', values: [] };
      result = { kind: 'range', rank: result.rank, ...narrow(result, condition) };
    }
  }
  return result;
}

type Range = Extract<Condition, { kind: 'range' }>;

function narrow(left: Range, right: Range): Pick<Range, 'lower' | 'upper'> {
  const lower = pickEnd(left.lower, right.lower, 1);
  const upper = pickEnd(left.upper, right.upper, -1);
  return { ...(lower ? { lower } : {}), ...(upper ? { upper } : {}) };
}

function pickEnd(left: Range['lower'], right: Range['lower'], direction: 1 | -1): Range['lower'] {
  if (left === undefined || right === undefined) return left ?? right;
  const order = compareValues(left.value, right.value) * direction;
  if (order !== 0) return order > 0 ? left : right;
  return left.included ? right : left;
}

function rangesOf({ index, conditions }: Candidate): { ranges: KeyRange[]; bounds: Doc } {
  let prefixes: (Value | undefined)[][] = [[]];
  const bounds: Doc = {};
  for (const [at, condition] of conditions.entries()) {
    const field = index.fields[at] as string;
    bounds[field] = showCondition(condition);
    if (condition.kind === 'range') return { ranges: sortRanges(prefixes.map((prefix) => boundedRange(index, prefix, condition))), bounds };
    prefixes = prefixes.flatMap((prefix) => condition.values.map((value) => [...prefix, value]));
  }
  const whole = index.definition.unique && conditions.length === index.fields.length;
  const ranges = prefixes.map((prefix) => {
    const start = index.bound(prefix);
    return { start, end: Buffer.concat([start, above]), single: whole && start.length <= longestEntryKey };
  });
  return { ranges: sortRanges(ranges), bounds };
}

function sortRanges(ranges: readonly KeyRange[]): KeyRange[] {
  const sorted = [...ranges].sort((a, b) => Buffer.compare(a.start, b.start));
  return sorted.filter((range, at) => at === 0 || !range.start.equals((sorted[at - 1] as KeyRange).start));
}

function boundedRange(index: Index, prefix: readonly (Value | undefined)[], range: Range): KeyRange {
  const base = index.bound(prefix);
  const descending = index.descending[prefix.length] === true;
  const [first, last] = descending ? [range.upper, range.lower] : [range.lower, range.upper];
  const rank = descending ? ~range.rank & 0xff : range.rank;
  const start = first === undefined ? Buffer.concat([base, Buffer.from([rank])]) : edge(index, prefix, first, !first.included);
  const end = last === undefined ? Buffer.concat([base, Buffer.from([rank + 1])]) : edge(index, prefix, last, last.included);
  return { start, end };
}

/** The key at which a value's entries start, or (`after`) just behind their last. */
function edge(index: Index, prefix: readonly (Value | undefined)[], { value }: NonNullable<Range['lower']>, after: boolean): Buffer {
  const at = index.bound([...prefix, value]);
  return after ? Buffer.concat([at, above]) : at;
}

function showCondition(condition: Condition): Value {
  if (condition.kind === 'points') return condition.values.map((value) => value ?? null);
  const { lower, upper } = condition;
  return {
    ...(lower ? { [lower.included ? '$gte' : '$gt']: lower.value ?? null } : {}), ...(upper ? { [upper.included ? '$lte' : '$lt']: upper.value ?? null } : {}),
  };
}
