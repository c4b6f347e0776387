import { StoreFailure } from '../failures.js';
import { compileFilter, compileItem } from '../query/filter.js';
import type { Context } from '../expressions/context.js';
import { getField, isDoc, type Doc, type Value } from '../values/bson.js';
import { asIndex, type Path } from '../values/paths.js';

/** Whether an array item is meant by `$[name]`. */
export type ArrayFilters = ReadonlyMap<string, (item: Value) => boolean>;

/**
 * Compiles `arrayFilters`: each document names one identifier, as `{"e.grade": {$gte: 85}}` or `{e: 3}`.
 * @throws FailedToParse (9) for a filter without, or with more than one, identifier
 */
export function compileArrayFilters(filters: readonly Value[], context: Context): ArrayFilters {
  const compiled = new Map<string, (item: Value) => boolean>();
  for (const filter of filters) {
    if (!isDoc(filter)) throw new StoreFailure('TypeMismatch', `arrayFilters elements must be objects`);
    const names = new Set(identifiersOf(filter));
    const [name] = names;
    if (name === undefined || names.size !== 1) throw new StoreFailure('FailedToParse', `Expected a single top-level field name, found '${[...names].join("' and '")}'`);
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) throw new StoreFailure('BadValue', `The top-level field name in an array filter must be an alphanumeric string beginning with a lowercase letter, found '${name}'`);
    if (compiled.has(name)) throw new StoreFailure('FailedToParse', `Found multiple array filters with the same top-level field name ${name}`);
    // The item is wrapped under its identifier, so that the filter is an ordinary one.
    const predicate = compileFilter(filter, context);
    compiled.set(name, (item) => predicate({ [name]: item }));
  }
  return compiled;
}

function identifiersOf(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([name, value]) => {
    if (name === '$and' || name === '$or' || name === '$nor') return Array.isArray(value) ? value.filter(isDoc).flatMap(identifiersOf) : [];
    return [name.split('.')[0] as string];
  });
}

/** What the positional parts of a path stand for in one document. */
export interface Positions {
  /** The index of the first item that made the query match, or undefined when no array did. */
  readonly matched: () => number | undefined;
  readonly filters: ArrayFilters;
}

/**
 * The plain paths a path with `$`, `$[]` and `$[name]` stands for in a document.
 * @throws BadValue (2) when there is no matched item or the place is no array
 */
export function expandPath(doc: Doc, path: Path, positions: Positions): Path[] {
  if (!path.some((name) => name.startsWith('$'))) return [path];
  let expanded: { path: string[]; holder: Value | undefined }[] = [{ path: [], holder: doc }];
  for (const name of path) expanded = expanded.flatMap((partial) => expandPart(partial, name, positions, path));
  return expanded.map(({ path: full }) => full);
}

function expandPart(
  partial: { path: string[]; holder: Value | undefined }, name: string, positions: Positions, whole: Path,
): { path: string[]; holder: Value | undefined }[] {
  const { path, holder } = partial;
  const enter = (step: string): { path: string[]; holder: Value | undefined } => ({ path: [...path, step], holder: child(holder, step) });
  if (name === '$') {
    const index = positions.matched();
    if (index === undefined) throw new StoreFailure('BadValue', 'The positional operator did not find the match needed from the query.');
    return [enter(String(index))];
  }
  const identifier = /^\$\[(.*)\]$/.exec(name)?.[1];
  if (identifier === undefined) return [enter(name)];
  if (!Array.isArray(holder)) {
    throw new StoreFailure('BadValue', `The path '${path.join('.')}' must exist in the document in order to apply array updates.`);
  }
  const accepts = identifier === '' ? () => true : positions.filters.get(identifier);
  if (accepts === undefined) throw new StoreFailure('BadValue', `No array filter found for identifier '${identifier}' in path '${whole.join('.')}'`);
  return holder.flatMap((item, index) => (accepts(item) ? [enter(String(index))] : []));
}

function child(holder: Value | undefined, name: string): Value | undefined {
  if (Array.isArray(holder)) return holder[asIndex(name) ?? -1];
  return isDoc(holder) ? getField(holder, name) : undefined;
}

/**
 * The index `$` stands for: of the first item of the first array in the query that its condition accepts.
 */
export function matchedIndex(doc: Doc, filter: Doc, context: Context): number | undefined {
  for (const [name, operand] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(operand)) {
      for (const branch of operand) {
        const index = isDoc(branch) ? matchedIndex(doc, branch, context) : undefined;
        if (index !== undefined) return index;
      }
    }
    const index = name.startsWith('$') ? undefined : indexInField(doc, name.split('.'), operand, context);
    if (index !== undefined) return index;
  }
  return undefined;
}

function indexInField(doc: Doc, path: Path, operand: Value, context: Context): number | undefined {
  let holder: Value | undefined = doc;
  for (const [at, name] of path.entries()) {
    if (Array.isArray(holder) && asIndex(name) === undefined) {
      const rest = path.slice(at).join('.');
      const accepts = compileFilter({ [rest]: operand }, context);
      return found(holder.findIndex((item) => isDoc(item) && accepts(item)));
    }
    holder = child(holder, name);
  }
  if (!Array.isArray(holder)) return undefined;
  const accepts = isDoc(operand) && isDoc(operand['$elemMatch']) ? compileItem(operand['$elemMatch'], context) : itemTest(operand, context);
  return found(holder.findIndex(accepts));
}

function itemTest(operand: Value, context: Context): (item: Value) => boolean {
  const accepts = compileFilter({ item: operand }, context);
  return (item) => accepts({ item });
}

function found(index: number): number | undefined {
  return index === -1 ? undefined : index;
}
