import { StoreFailure } from '../failures.js';
import type { Context } from '../expressions/context.js';
import { compileUpdatePipeline } from '../pipeline/updatePipeline.js';
import { cloneValue, getField, isDoc, typeName, type Doc, type Value } from '../values/bson.js';
import { compareBinary } from '../values/compare.js';
import { splitPath, type Path } from '../values/paths.js';
import { arrayUpdateOperators } from './arrayOperators.js';
import { fieldOperators, type FieldOperator } from './fieldOperators.js';
import { placeAt } from './paths.js';
import { compileArrayFilters, expandPath, matchedIndex } from './positional.js';

/**
 * What an update makes of a document. The document it is given is not changed.
 * @throws the refusals of its operators
 */
export type Update = (doc: Doc, inserting: boolean) => Doc;

/** What an update is compiled from. */
export interface UpdateSpec {
  readonly filter: Doc;
  /** A document of operators, a replacement, or a pipeline. */
  readonly update: Value;
  readonly arrayFilters: readonly Value[];
  readonly multi: boolean;
  readonly context: Context;
}

/** Whether the update is a document to put in the old one's place. */
export function isReplacement(update: Value): boolean {
  return isDoc(update) && !Object.keys(update)[0]?.startsWith('$');
}

/**
 * Compiles an update.
 * @throws FailedToParse (9) for an unknown operator or a malformed one, ConflictingUpdateOperators (40) for two writes to one path,
 * ImmutableField (66), and the refusals of array filters and pipelines
 */
export function compileUpdate(spec: UpdateSpec): Update {
  const { update, context } = spec;
  if (Array.isArray(update)) {
    if (spec.arrayFilters.length > 0) throw new StoreFailure('FailedToParse', 'arrayFilters may not be specified for pipeline-syle updates');
    return compileUpdatePipeline(update, context);
  }
  if (!isDoc(update)) throw new StoreFailure('FailedToParse', 'Update argument must be either an object or an array');
  if (isReplacement(update)) return compileReplacement(spec, update);
  return compileOperators(spec, update);
}

function compileReplacement(spec: UpdateSpec, replacement: Doc): Update {
  if (spec.multi) throw new StoreFailure('FailedToParse', 'multi update is not supported for replacement-style update');
  if (spec.arrayFilters.length > 0) throw new StoreFailure('FailedToParse', 'arrayFilters may not be specified for replacement-style updates');
  return (doc) => {
    const id = getField(doc, '_id') ?? getField(replacement, '_id');
    const { _id: given, ...rest } = cloneValue(replacement);
    if (given !== undefined && getField(doc, '_id') !== undefined && spec.context.compare(given, id) !== 0) {
      throw new StoreFailure('ImmutableField', `After applying the update, the (immutable) field '_id' was found to have been altered`);
    }
    return id === undefined ? rest : { _id: id, ...rest };
  };
}

interface Write { readonly operator: FieldOperator; readonly name: string; readonly path: Path; readonly operand: Value }

function compileOperators(spec: UpdateSpec, update: Doc): Update {
  const { filter, context } = spec;
  const filters = compileArrayFilters(spec.arrayFilters, context);
  const writes = Object.entries(update).flatMap(([name, fields]) => writesOf(name, fields));
  refuseConflicts(writes);
  refuseUnusedFilters(writes, [...filters.keys()]);
  // Fields come to be in the order of their paths, whatever operator names them.
  writes.sort((left, right) => comparePaths(left.path, right.path));
  return (doc, inserting) => {
    const result = cloneValue(doc);
    const positions = { filters, matched: () => matchedIndex(doc, filter, context) };
    for (const write of writes) {
      if (write.name === '$setOnInsert' && !inserting) continue;
      for (const path of expandPath(result, write.path, positions)) applyWrite(result, write, path, context);
    }
    return result;
  };
}

function applyWrite(doc: Doc, write: Write, path: Path, context: Context): void {
  if (write.name === '$rename') {
    const from = placeAt(doc, path, false);
    const value = from?.read();
    if (from === undefined || value === undefined) return;
    from.remove();
    placeAt(doc, splitPath(write.operand as string), true)?.write(value);
    return;
  }
  const place = placeAt(doc, path, write.operator.create);
  if (place !== undefined) write.operator.apply(place, cloneValue(write.operand), context, path.join('.'));
}

const rename: FieldOperator = {
  create: false,
  apply: () => undefined,
  check: (operand, path) => {
    if (typeof operand !== 'string') throw new StoreFailure('BadValue', `The 'to' field for $rename must be a string: ${path}: ${typeName(operand)}`);
    if (operand === path) throw new StoreFailure('BadValue', `The source and target field for $rename must differ: ${path}: "${operand}"`);
    if (`${operand}.${path}`.split('.').some((part) => part.startsWith('$'))) throw new StoreFailure('BadValue', `The source and target field for $rename may not be dynamic: ${path}`);
  },
};

function writesOf(name: string, fields: Value): Write[] {
  const operator = name === '$rename' ? rename : (fieldOperators.get(name) ?? arrayUpdateOperators.get(name));
  if (operator === undefined) {
    throw new StoreFailure('FailedToParse', `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`);
  }
  if (!isDoc(fields)) throw new StoreFailure('FailedToParse', `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${name}: ...}`);
  return Object.entries(fields).map(([path, operand]) => {
    const parts = splitPath(path);
    if (parts.some((part) => part === '')) throw new StoreFailure('EmptyFieldName', `The update path '${path}' contains an empty field name, which is not allowed.`);
    refuseDollarNames(path, parts);
    operator.check?.(operand, path);
    return { operator, name, path: parts, operand };
  });
}

function refuseDollarNames(path: string, parts: Path): void {
  const wrong = parts.find((part, at) => part.startsWith('$') && !/^\$(?:\[[^\]]*\])?$/.test(part) && !(at > 0 && /^\$(?:ref|id|db)$/.test(part)));
  if (wrong !== undefined) throw new StoreFailure('DollarPrefixedFieldName', `The dollar ($) prefixed field '${wrong}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`);
  if (parts[0]?.startsWith('$')) throw new StoreFailure('BadValue', `Cannot have array filter or positional (i.e. '$') element in the first position in path '${path}'`);
}

function refuseConflicts(writes: readonly Write[]): void {
  const paths = writes.flatMap(({ name, path, operand }) => (name === '$rename' ? [path.join('.'), operand as string] : [path.join('.')]));
  for (const [at, path] of paths.entries()) {
    const other = paths.find((second, index) => index > at && (second === path || second.startsWith(`${path}.`) || path.startsWith(`${second}.`)));
    if (other !== undefined) throw new StoreFailure('ConflictingUpdateOperators', `Updating the path '${other}' would create a conflict at '${path.length < other.length ? path : other}'`);
  }
}

function refuseUnusedFilters(writes: readonly Write[], names: readonly string[]): void {
  for (const name of names) {
    if (!writes.some(({ path }) => path.includes(`$[${name}]`))) {
      throw new StoreFailure('FailedToParse', `The array filter for identifier '${name}' was not used in the update`);
    }
  }
}

function comparePaths(left: Path, right: Path): number {
  for (const [at, name] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    const order = /^\d+$/.test(name) && /^\d+$/.test(other) ? Number(name) - Number(other) : compareBinary(name, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
