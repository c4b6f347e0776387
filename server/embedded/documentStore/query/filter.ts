import { BSONRegExp } from 'bson';
import { StoreFailure, notSupported } from '../failures.js';
import { isTruthy } from '../expressions/arguments.js';
import { compileExpression, evaluateRoot } from '../expressions/compile.js';
import { defaultContext, type Context } from '../expressions/context.js';
import { isDoc, isNumeric, type Doc, type Value } from '../values/bson.js';
import { toNumber } from '../values/numbers.js';
import { splitPath, valuesAt } from '../values/paths.js';
import { leafOperators, matchesRegex } from './leafOperators.js';
import { equalTo, type Test } from './leafTests.js';

/** Whether a document satisfies a filter. */
export type Predicate = (doc: Doc) => boolean;

/**
 * Compiles a query filter.
 * @throws BadValue (2) for an operator that does not exist or an operand it cannot take, CommandNotSupported (115) for one this
 * store has not
 */
export function compileFilter(filter: Doc, context: Context = defaultContext): Predicate {
  const tests = Object.entries(filter).map(([name, operand]) => (name.startsWith('$') ? compileTopLevel(name, operand, context) : compileField(name, operand, context)));
  if (tests.length === 1) return tests[0] as Predicate;
  return (doc) => tests.every((test) => test(doc));
}

const ignored = new Set(['$comment']);
const unsupported = new Set(['$where', '$text', '$jsonSchema', '$near', '$nearSphere', '$geoWithin', '$geoIntersects']);

function compileTopLevel(name: string, operand: Value, context: Context): Predicate {
  if (ignored.has(name)) return () => true;
  if (name === '$and' || name === '$or' || name === '$nor') {
    const parts = branches(name, operand).map((branch) => compileFilter(branch, context));
    if (name === '$and') return (doc) => parts.every((part) => part(doc));
    if (name === '$or') return (doc) => parts.some((part) => part(doc));
    return (doc) => !parts.some((part) => part(doc));
  }
  if (name === '$expr') {
    const expression = compileExpression(operand, context);
    return (doc) => isTruthy(evaluateRoot(expression, doc, context));
  }
  if (name === '$alwaysTrue' || name === '$alwaysFalse') return () => name === '$alwaysTrue';
  if (name === '$sampleRate') throw notSupported(name);
  if (unsupported.has(name)) throw notSupported(`the query operator ${name}`);
  throw new StoreFailure('BadValue', `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`);
}

/**
 * The branches of $and, $or, $nor.
 * @throws BadValue (2)
 */
export function branches(name: string, operand: Value): Doc[] {
  if (!Array.isArray(operand) || operand.length === 0) throw new StoreFailure('BadValue', `${name} argument must be a non-empty array`);
  return operand.map((branch) => {
    if (!isDoc(branch)) throw new StoreFailure('BadValue', `${name} argument's entries must be objects`);
    return branch;
  });
}

function compileField(path: string, operand: Value, context: Context): Predicate {
  const test = compileOperand(operand, context);
  if (path.includes('.')) {
    const parts = splitPath(path);
    return (doc) => test(valuesAt(doc, parts));
  }
  return (doc) => test([Object.hasOwn(doc, path) ? doc[path] : undefined]);
}

/** Whether an operand is a document of operators (`{$gt: 1}`) rather than a value to equal. A DBRef is a value. */
export function isOperators(operand: Value | undefined): operand is Doc {
  if (!isDoc(operand)) return false;
  const first = Object.keys(operand)[0];
  return first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id' && first !== '$db';
}

/** The test of what a path reaches, for `{path: operand}`. */
function compileOperand(operand: Value, context: Context): Test {
  if (operand instanceof BSONRegExp) return matchesRegex(operand);
  if (!isOperators(operand)) return equalTo(operand, context.compare);
  const tests: Test[] = [];
  for (const [name, argument] of Object.entries(operand)) {
    if (name === '$options') {
      if (!Object.hasOwn(operand, '$regex')) throw new StoreFailure('BadValue', '$options needs a $regex');
      continue;
    }
    tests.push(compileOperator(name, argument, operand, context));
  }
  if (tests.length === 1) return tests[0] as Test;
  return (values, closed) => tests.every((test) => test(values, closed));
}

function compileOperator(name: string, argument: Value, siblings: Doc, context: Context): Test {
  if (name === '$not') return compileNot(argument, context);
  if (name === '$elemMatch') return compileElemMatch(argument, context);
  if (name === '$all') return compileAll(argument, context);
  if (name === '$comment') return () => true;
  const leaf = leafOperators.get(name);
  if (leaf !== undefined) return leaf(argument, context.compare, siblings);
  if (unsupported.has(name)) throw notSupported(`the query operator ${name}`);
  throw new StoreFailure('BadValue', `unknown operator: ${name}`);
}

function compileNot(argument: Value, context: Context): Test {
  if (!(argument instanceof BSONRegExp) && !isOperators(argument)) {
    throw new StoreFailure('BadValue', '$not needs a regex or a document');
  }
  const test = compileOperand(argument, context);
  return (values, closed) => !test(values, closed);
}

/** `$elemMatch` over the items of an array: of documents with a filter, of scalars with operators. */
function compileElemMatch(argument: Value, context: Context): Test {
  const matches = compileItem(argument, context);
  return (values) => values.some((value) => Array.isArray(value) && value.some(matches));
}

const logical = new Set(['$and', '$or', '$nor', '$expr', '$comment']);

/**
 * The test of one array item, as `$elemMatch` (and `$pull`) put it.
 * @throws BadValue (2) when the argument is not a document
 */
export function compileItem(argument: Value, context: Context): (item: Value) => boolean {
  if (!isDoc(argument)) throw new StoreFailure('BadValue', '$elemMatch needs an Object');
  if (isOperators(argument) && !Object.keys(argument).some((name) => logical.has(name))) {
    const test = compileOperand(argument, context);
    return (item) => test([item], true);
  }
  const predicate = compileFilter(argument, context);
  return (item) => (isDoc(item) ? predicate(item) : Array.isArray(item) && predicate(Object.fromEntries(Object.entries(item))));
}

function compileAll(argument: Value, context: Context): Test {
  if (!Array.isArray(argument)) throw new StoreFailure('BadValue', '$all needs an array');
  const tests = argument.map((item) => (isOperators(item) && Object.hasOwn(item, '$elemMatch') ? compileElemMatch(item['$elemMatch'] as Value, context) : compileOperandValue(item, context)));
  return (values, closed) => tests.length > 0 && tests.every((test) => test(values, closed));
}

function compileOperandValue(item: Value, context: Context): Test {
  if (isOperators(item)) throw new StoreFailure('BadValue', 'no $ expressions in $all');
  return item instanceof BSONRegExp ? matchesRegex(item) : equalTo(item, context.compare);
}

/** Reads a whole number operand. @throws BadValue (2) */
export function wholeOperand(name: string, operand: Value): number {
  if (!isNumeric(operand) || !Number.isInteger(toNumber(operand))) throw new StoreFailure('BadValue', `${name} must be a whole number`);
  return toNumber(operand);
}
