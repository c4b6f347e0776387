import { Int32 } from 'bson';
import { StoreFailure } from '../failures.js';
import { compileExpression, evaluateRoot } from '../expressions/compile.js';
import type { Context } from '../expressions/context.js';
import { compileProjection } from '../query/projection.js';
import { getField, isDoc, setField, typeName, type Doc, type Value } from '../values/bson.js';
import { splitPath, type Path } from '../values/paths.js';
import { flatMapStage, mapStage, type Stage, type StageCompiler } from './stream.js';

/** A function of one document, as the update pipeline applies it too. */
export type Shape = (doc: Doc) => Doc;

/** `$set` and `$addFields`. @throws 40272 when the argument is no document */
export function compileAddFields(argument: Value, context: Context): Shape {
  if (!isDoc(argument)) throw new StoreFailure(40272, `$addFields specification stage must be an object, got ${typeName(argument)}`);
  const writes = fieldWrites(argument, []).map(({ path, value }) => ({ path, expression: compileExpression(value, context) }));
  for (const { path } of writes) {
    if (path.some((name) => name === '' || name.startsWith('$'))) throw new StoreFailure(16410, `FieldPath field names may not be empty or start with '$': ${path.join('.')}`);
  }
  return (doc) => writes.reduce((result, { path, expression }) => withField(result, path, 0, evaluateRoot(expression, doc, context)), doc);
}

/** A nested document of plain names adds fields below, it does not replace what is there. */
function fieldWrites(fields: Doc, base: Path): { path: Path; value: Value }[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const path = [...base, ...splitPath(name)];
    const nested = isDoc(value) && Object.keys(value).length > 0 && !Object.keys(value).some((key) => key.startsWith('$'));
    return nested ? fieldWrites(value, path) : [{ path, value }];
  });
}

function withField(doc: Doc, path: Path, at: number, value: Value | undefined): Doc {
  const name = path[at] as string;
  const copy: Doc = {};
  for (const key of Object.keys(doc)) setField(copy, key, doc[key] as Value);
  const below = at === path.length - 1 ? value : fieldBelow(getField(doc, name), path, at + 1, value);
  if (below === undefined) delete copy[name];
  else setField(copy, name, below);
  return copy;
}

function fieldBelow(holder: Value | undefined, path: Path, at: number, value: Value | undefined): Value | undefined {
  if (Array.isArray(holder)) return holder.map((item) => fieldBelow(item, path, at, value) ?? null);
  if (value === undefined && !isDoc(holder)) return holder;
  return withField(isDoc(holder) ? holder : {}, path, at, value);
}

/** `$unset`. @throws 31002 when the argument is neither a path nor a list of paths */
export function compileUnset(argument: Value, context: Context): Shape {
  const paths = Array.isArray(argument) ? argument : [argument];
  if (paths.length === 0 || !paths.every((path) => typeof path === 'string' && path !== '')) {
    throw new StoreFailure(31002, '$unset specification must be a string or an array containing only string values');
  }
  return compileProjection(Object.fromEntries(paths.map((path) => [path as string, new Int32(0)])), context, false);
}

/** `$replaceRoot` and `$replaceWith`. @throws 40228 when the new root is no document */
export function compileReplaceRoot(newRoot: Value, context: Context): Shape {
  const expression = compileExpression(newRoot, context);
  return (doc) => {
    const root = evaluateRoot(expression, doc, context);
    if (!isDoc(root)) throw new StoreFailure(40228, `'newRoot' expression must evaluate to an object, but resulting value was of type: ${typeName(root)}`);
    return root;
  };
}

/** `$project`. @throws 51272 when nothing is named */
export function compileProject(argument: Value, context: Context): Shape {
  if (!isDoc(argument)) throw new StoreFailure(15969, '$project specification must be an object');
  if (Object.keys(argument).length === 0) throw new StoreFailure(51272, 'Invalid $project :: caused by :: projection specification must have at least one field');
  return compileProjection(argument, context, false);
}

/** The new root a `$replaceRoot` argument names. @throws 40229 */
export function newRootOf(argument: Value): Value {
  if (!isDoc(argument) || argument['newRoot'] === undefined) throw new StoreFailure(40231, "no newRoot specified for the $replaceRoot stage");
  return argument['newRoot'];
}

function compileUnwind(argument: Value): Stage {
  const options = isDoc(argument) ? argument : { path: argument };
  const path = options['path'];
  if (typeof path !== 'string' || !path.startsWith('$') || path.length < 2) throw new StoreFailure(28818, `path option to $unwind stage should be prefixed with a '$': ${String(path)}`);
  const unknown = Object.keys(options).find((name) => !['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(name));
  if (unknown !== undefined) throw new StoreFailure(28811, `unrecognized option to $unwind stage: ${unknown}`);
  const index = options['includeArrayIndex'];
  if (index !== undefined && (typeof index !== 'string' || index === '' || index.startsWith('$'))) throw new StoreFailure(28822, 'includeArrayIndex option to $unwind stage should be a non-empty string without $');
  const parts = splitPath(path.slice(1));
  const keep = options['preserveNullAndEmptyArrays'] === true;
  const emit = (doc: Doc, value: Value | undefined, at: number | null): Doc => {
    const result = withField(doc, parts, 0, value);
    return index === undefined ? result : withField(result, splitPath(index), 0, at === null ? null : new Int32(at));
  };
  return flatMapStage((doc) => {
    const value = plainPath(doc, parts);
    if (Array.isArray(value) && value.length > 0) return value.map((item, at) => emit(doc, item, at));
    if (value === undefined || value === null || Array.isArray(value)) return keep ? [emit(doc, value === null ? null : undefined, null)] : [];
    return [emit(doc, value, null)];
  });
}

function plainPath(doc: Doc, path: Path): Value | undefined {
  return path.reduce<Value | undefined>((holder, name) => (isDoc(holder) ? getField(holder, name) : undefined), doc);
}

const addFields: StageCompiler = (argument, { context }) => mapStage(compileAddFields(argument, context));

/** Stages that reshape documents one by one. */
export const shapingStages: ReadonlyMap<string, StageCompiler> = new Map<string, StageCompiler>([
  ['$project', (argument, { context }) => mapStage(compileProject(argument, context))],
  ['$set', addFields],
  ['$addFields', addFields],
  ['$unset', (argument, { context }) => mapStage(compileUnset(argument, context))],
  ['$replaceRoot', (argument, { context }) => mapStage(compileReplaceRoot(newRootOf(argument), context))],
  ['$replaceWith', (argument, { context }) => mapStage(compileReplaceRoot(argument, context))],
  ['$unwind', (argument) => compileUnwind(argument)],
]);
