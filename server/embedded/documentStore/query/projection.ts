import { StoreFailure } from '../failures.js';
import { compileExpression, evaluateRoot, isExpressionOperator } from '../expressions/compile.js';
import { isTruthy } from '../expressions/arguments.js';
import type { Context, Expression } from '../expressions/context.js';
import { isDoc, isNumeric, setField, type Doc, type Value } from '../values/bson.js';
import { compileItem, wholeOperand } from './filter.js';

/** Makes the shown document of a stored one. */
export type Projection = (doc: Doc) => Doc;

/** A field's part in a projection, or the parts of the fields below it. */
type Part =
  | { readonly kind: 'include' } | { readonly kind: 'exclude' }
  | { readonly kind: 'compute'; readonly expression: Expression }
  | { readonly kind: 'array'; readonly only: boolean; readonly pick: (items: Value[]) => Value[] | undefined }
  | { readonly kind: 'fields'; readonly fields: Map<string, Part> };

interface Tree { readonly fields: Map<string, Part>; inclusive: boolean | undefined }

/**
 * Compiles a projection of find or `$project`.
 * @param elementOperators whether `$slice` and `$elemMatch` mean find's operators on arrays
 * @throws 31253, 31254 when inclusion and exclusion are mixed, 31249 or 31250 for colliding paths
 */
export function compileProjection(spec: Doc, context: Context, elementOperators: boolean): Projection {
  const tree: Tree = { fields: new Map(), inclusive: undefined };
  for (const [path, value] of Object.entries(spec)) addPart(tree, path, value, context, elementOperators);
  // Alone, `$elemMatch` shows nothing else but `_id`, and `$slice` everything.
  tree.inclusive ??= tree.fields.get('_id')?.kind === 'include' || [...tree.fields.values()].some((part) => part.kind === 'array' && part.only);
  const id = tree.fields.get('_id');
  if (tree.inclusive && id === undefined) tree.fields.set('_id', { kind: 'include' });
  if (!tree.inclusive && id?.kind === 'include') tree.fields.delete('_id');
  const inclusive = tree.inclusive;
  return (doc) => project(doc, doc, tree.fields, inclusive, context);
}

function addPart(tree: Tree, path: string, value: Value, context: Context, elementOperators: boolean): void {
  if (path === '' || path.startsWith('.') || path.endsWith('.') || path.includes('..')) throw new StoreFailure(40353, `FieldPath must not be empty or end with a '.': '${path}'`);
  if (path.startsWith('$')) throw new StoreFailure(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField: ${path}`);
  if (path.endsWith('.$')) throw new StoreFailure('CommandNotSupported', `the positional projection '${path}' is not supported`);
  if (isNested(value)) {
    for (const [name, below] of Object.entries(value)) addPart(tree, `${path}.${name}`, below, context, elementOperators);
    return;
  }
  const part = parsePart(value, context, elementOperators);
  noteMode(tree, path, part);
  place(tree.fields, path.split('.'), part, path);
}

/** A sub-document of further fields, as `{a: {b: 1}}`. */
function isNested(value: Value): value is Doc {
  return isDoc(value) && Object.keys(value).length > 0 && !Object.keys(value).some((name) => name.startsWith('$'));
}

function parsePart(value: Value, context: Context, elementOperators: boolean): Part {
  if (typeof value === 'boolean' || isNumeric(value)) return { kind: isTruthy(value) ? 'include' : 'exclude' };
  const operator = isDoc(value) && elementOperators ? Object.keys(value)[0] : undefined;
  if (operator === '$slice' && isDoc(value) && isFindSlice(value['$slice'])) return { kind: 'array', only: false, pick: compileSlice(value['$slice'] as Value) };
  if (operator === '$elemMatch' && isDoc(value)) {
    const matches = compileItem(value['$elemMatch'] as Value, context);
    return {
      kind: 'array',
      only: true,
      pick: (items) => {
        const found = items.find(matches);
        return found === undefined ? undefined : [found];
      },
    };
  }
  if (isDoc(value)) refuseUnknown(Object.keys(value)[0]);
  if (operator === '$meta') throw new StoreFailure('CommandNotSupported', '$meta projections are not supported');
  return { kind: 'compute', expression: compileExpression(value, context) };
}

/** @throws 31325, which is what projections answer where other expressions answer 168 */
function refuseUnknown(name: string | undefined): void {
  if (name?.startsWith('$') && name !== '$meta' && !isExpressionOperator(name)) throw new StoreFailure(31325, `Unknown expression ${name}`);
}

function isFindSlice(argument: Value | undefined): boolean {
  return isNumeric(argument) || (Array.isArray(argument) && argument.length === 2 && argument.every(isNumeric));
}

function compileSlice(argument: Value): (items: Value[]) => Value[] {
  if (!Array.isArray(argument)) {
    const count = wholeOperand('$slice', argument);
    return (items) => (count >= 0 ? items.slice(0, count) : items.slice(count));
  }
  const [skip, limit] = argument.map((part) => wholeOperand('$slice', part)) as [number, number];
  if (limit <= 0) throw new StoreFailure(28724, '$slice limit must be positive');
  return (items) => {
    const from = skip < 0 ? Math.max(items.length + skip, 0) : skip;
    return items.slice(from, from + limit);
  };
}

function noteMode(tree: Tree, path: string, part: Part): void {
  if (part.kind === 'array' || (path === '_id' && part.kind !== 'compute')) return;
  const inclusive = part.kind !== 'exclude';
  if (tree.inclusive !== undefined && tree.inclusive !== inclusive) {
    throw inclusive
      ? new StoreFailure(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
      : new StoreFailure(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
  }
  tree.inclusive = inclusive;
}

function place(fields: Map<string, Part>, path: readonly string[], part: Part, whole: string): void {
  const [name, ...rest] = path as [string, ...string[]];
  const present = fields.get(name);
  if (rest.length === 0) {
    if (present !== undefined) throw new StoreFailure(31250, `Path collision at ${whole}`);
    fields.set(name, part);
    return;
  }
  if (present !== undefined && present.kind !== 'fields') throw new StoreFailure(31249, `Path collision at ${whole} remaining portion ${rest.join('.')}`);
  const below = present ?? { kind: 'fields', fields: new Map<string, Part>() };
  fields.set(name, below);
  place(below.fields, rest, part, whole);
}

function project(doc: Doc, root: Doc, fields: ReadonlyMap<string, Part>, inclusive: boolean, context: Context): Doc {
  const result: Doc = {};
  for (const name of Object.keys(doc)) {
    const part = fields.get(name);
    const value = part === undefined ? (inclusive ? undefined : doc[name]) : projectField(doc[name] as Value, root, part, inclusive, context);
    if (value !== undefined) setField(result, name, value);
  }
  for (const [name, part] of fields) {
    if (part.kind === 'compute') {
      const value = evaluateRoot(part.expression, root, context);
      if (value !== undefined) setField(result, name, value);
    } else if (part.kind === 'fields' && !Object.hasOwn(doc, name) && hasComputed(part)) {
      setField(result, name, project({}, root, part.fields, inclusive, context));
    }
  }
  return result;
}

function hasComputed(part: Part): boolean {
  return part.kind === 'compute' || (part.kind === 'fields' && [...part.fields.values()].some(hasComputed));
}

function projectField(value: Value, root: Doc, part: Part, inclusive: boolean, context: Context): Value | undefined {
  if (part.kind === 'include') return value;
  if (part.kind === 'exclude' || part.kind === 'compute') return undefined;
  if (part.kind === 'array') return Array.isArray(value) ? part.pick(value) : value;
  if (Array.isArray(value)) {
    return value.map((item) => projectField(item, root, part, inclusive, context)).filter((item) => item !== undefined);
  }
  if (isDoc(value)) return project(value, root, part.fields, inclusive, context);
  return hasComputed(part) ? project({}, root, part.fields, inclusive, context) : inclusive ? undefined : value;
}
