import { StoreFailure } from '../failures.js';
import { getField, isDoc, type Doc, type Value } from '../values/bson.js';
import { asIndex, type Path } from '../values/paths.js';

/** The values of one index key, a field each: a missing one is null, an empty array undefined. */
export type KeyRow = readonly (Value | undefined)[];

/** A field of the index on its way down the document: a value to keep, or a holder with the path that is left. */
type Cell = { readonly value: Value | undefined } | { readonly holder: Value | undefined; readonly rest: Path; readonly path: Path };

/**
 * The rows of keys a document has in an index: one, or one per item of the array its paths share. Values that stand in one item
 * stay together in one row.
 * @throws CannotIndexParallelArrays (171) when two fields meet different arrays; 16746 where "a.0" could mean two things
 */
export function keyRows(doc: Doc, paths: readonly Path[]): { rows: KeyRow[]; multikey: boolean } {
  const rows: KeyRow[] = [];
  const multikey = expand(paths.map((path) => ({ holder: doc, rest: path, path })), rows);
  return { rows, multikey };
}

function expand(cells: readonly Cell[], rows: KeyRow[]): boolean {
  const advanced = cells.map(advance);
  const array = sharedArray(advanced);
  if (array === undefined) {
    rows.push(advanced.map((cell) => ('value' in cell ? cell.value : null)));
    return false;
  }
  const step = (item: Value | undefined): void => {
    expand(advanced.map((cell) => enterItem(cell, item)), rows);
  };
  if (array.length === 0) step(undefined);
  else for (const item of array) step(item);
  return true;
}

/** Goes down to the value, or to the first array on the way. */
function advance(cell: Cell): Cell {
  if ('value' in cell) return cell;
  const { path } = cell;
  let { holder, rest } = cell;
  for (;;) {
    if (Array.isArray(holder)) {
      const index = asIndex(rest[0] ?? '');
      if (index === undefined || index >= holder.length) return { holder, rest, path };
      if (holder.some((item) => isDoc(item) && Object.hasOwn(item, String(index)))) {
        throw new StoreFailure(16746, `Ambiguous field name found in array: '${rest.join('.')}'`);
      }
      holder = holder[index];
    } else if (rest.length === 0) {
      return { value: holder ?? null };
    } else if (isDoc(holder)) {
      holder = getField(holder, rest[0] as string);
    } else {
      return { value: null };
    }
    rest = rest.slice(1);
  }
}

function sharedArray(cells: readonly Cell[]): Value[] | undefined {
  let shared: { array: Value[]; at: string } | undefined;
  for (const cell of cells) {
    if ('value' in cell || !Array.isArray(cell.holder)) continue;
    // Told apart by where they stand: an update may have put one and the same array into two fields.
    const at = cell.path.slice(0, cell.path.length - cell.rest.length).join('.');
    if (shared !== undefined && shared.at !== at) throw new StoreFailure('CannotIndexParallelArrays', `cannot index parallel arrays [${at}] [${shared.at}]`);
    shared = { array: cell.holder, at };
  }
  return shared?.array;
}

function enterItem(cell: Cell, item: Value | undefined): Cell {
  if ('value' in cell) return cell;
  if (cell.rest.length === 0) return { value: item };
  return isDoc(item) ? { holder: item, rest: cell.rest, path: cell.path } : { value: null };
}
