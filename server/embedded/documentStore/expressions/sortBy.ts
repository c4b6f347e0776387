import { StoreFailure, notSupported } from '../failures.js';
import { isDoc, isNumeric, type Doc, type Value } from '../values/bson.js';
import type { Compare } from '../values/compare.js';
import { toNumber } from '../values/numbers.js';
import { splitPath, valuesAt, type Path } from '../values/paths.js';

/** One field of a sort: upwards is 1, downwards -1. */
export interface SortField { readonly field: string; readonly path: Path; readonly direction: 1 | -1 }

/**
 * Reads a sort specification.
 * @throws BadValue (2) for a direction other than 1 and -1, CommandNotSupported (115) for `$meta`
 */
export function parseSort(sort: Doc): SortField[] {
  return Object.entries(sort).map(([field, direction]) => {
    if (isDoc(direction)) throw notSupported(`a sort by ${JSON.stringify(direction)}`);
    const number = isNumeric(direction) ? toNumber(direction) : Number.NaN;
    if (number !== 1 && number !== -1) throw new StoreFailure(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (field === '' || field.startsWith('.') || field.endsWith('.')) throw new StoreFailure(40353, `FieldPath must not be empty or end with a '.': '${field}'`);
    if (field.startsWith('$') && field !== '$natural') throw new StoreFailure(16410, `FieldPath field names may not start with '$': ${field}`);
    return { field, path: splitPath(field), direction: number };
  });
}

/** The value a document is sorted by: of an array its least (upwards) or greatest (downwards) item; missing counts as null. */
function sortKey(doc: Doc, { path, direction }: SortField, compare: Compare): Value | undefined {
  let best: Value | undefined;
  let found = false;
  for (const value of valuesAt(doc, path)) {
    const candidates = Array.isArray(value) ? (value.length === 0 ? [undefined] : value) : [value ?? null];
    for (const candidate of candidates) {
      if (!found || compare(candidate, best) * direction < 0) best = candidate;
      found = true;
    }
  }
  return found ? best : null;
}

/** A comparison of documents by their sort keys. */
export function compareBySort(fields: readonly SortField[], compare: Compare): (left: Doc, right: Doc) => number {
  return (left, right) => {
    for (const field of fields) {
      const order = compare(sortKey(left, field, compare), sortKey(right, field, compare)) * field.direction;
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** The order `$push`'s `$sort` and `$sortArray` name: 1 or -1 for the items themselves, or fields of items that are documents. */
export function compileSort(sort: Value, compare: Compare): (left: Value, right: Value) => number {
  if (isNumeric(sort)) {
    const direction = toNumber(sort);
    if (direction !== 1 && direction !== -1) throw new StoreFailure('BadValue', 'The $sort element value must be either 1 or -1');
    return (left, right) => compare(left, right) * direction;
  }
  if (!isDoc(sort) || Object.keys(sort).length === 0) throw new StoreFailure('BadValue', 'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields');
  const byFields = compareBySort(parseSort(sort), compare);
  return (left, right) => byFields(isDoc(left) ? left : {}, isDoc(right) ? right : {});
}
