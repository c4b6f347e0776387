import { StoreFailure } from '../failures.js';
import { getField, isDoc, setField, type Doc, type Value } from '../values/bson.js';
import { splitPath, type Path } from '../values/paths.js';
import { accumulatorExpressions } from './operators/accumulators.js';
import { arithmeticOperators } from './operators/arithmetic.js';
import { arrayOperators } from './operators/arrays.js';
import { lookUp, systemNames, type Context, type Expression, type OperatorCompiler } from './context.js';
import { conversionOperators } from './operators/conversions.js';
import { dateOperators } from './operators/dates.js';
import { datePartOperators } from './operators/dateParts.js';
import { iterationOperators } from './operators/iterations.js';
import { logicOperators } from './operators/logic.js';
import { objectOperators } from './operators/objects.js';
import { setOperators } from './operators/sets.js';
import { stringOperators } from './operators/strings.js';
import { textSearchOperators } from './operators/textSearch.js';

const operators: ReadonlyMap<string, OperatorCompiler> = new Map([
  ...logicOperators, ...arithmeticOperators, ...arrayOperators, ...iterationOperators, ...setOperators, ...stringOperators, ...textSearchOperators,
  ...conversionOperators, ...dateOperators, ...datePartOperators, ...objectOperators, ...accumulatorExpressions,
]);

/** Whether there is an operator of that name. */
export function isExpressionOperator(name: string): boolean {
  return operators.has(name);
}

/**
 * Compiles an aggregation expression.
 * @throws InvalidPipelineOperator (168) for an operator this store has not, 17276 for an unknown variable, 15983 for a document
 * that mixes operators and fields
 */
export function compileExpression(expression: Value, context: Context): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) return compileReference(expression, context);
  if (Array.isArray(expression)) {
    const items = expression.map((item) => compileExpression(item, context));
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isDoc(expression)) return () => expression;
  const names = Object.keys(expression);
  if (!names.some((name) => name.startsWith('$'))) return compileObject(expression, context);
  const name = names[0] as string;
  if (names.length !== 1) throw new StoreFailure(15983, `an object representing an expression must have exactly one field, found ${names.join(', ')}`);
  const operator = operators.get(name);
  if (operator === undefined) throw new StoreFailure(168, `Unrecognized expression '${name}'`);
  return operator(expression[name] as Value, context, compileExpression);
}

function compileObject(fields: Doc, context: Context): Expression {
  const parts = Object.entries(fields).map(([name, value]) => {
    if (name === '') throw new StoreFailure(40352, 'FieldPath cannot be constructed with empty string');
    if (name.includes('.')) throw new StoreFailure(16412, `FieldPath field names may not contain '.'. Consider using $getField or $setField. The field name: ${name}`);
    return { name, value: compileExpression(value, context) };
  });
  return (scope) => {
    const result: Doc = {};
    for (const part of parts) {
      const value = part.value(scope);
      if (value !== undefined) setField(result, part.name, value);
    }
    return result;
  };
}

function compileReference(reference: string, context: Context): Expression {
  const path = splitPath(reference.startsWith('$$') ? reference.slice(2) : reference.slice(1));
  if (path.some((name) => name === '')) throw new StoreFailure(40353, `FieldPath must not end with a '.' or be empty: ${reference}`);
  if (!reference.startsWith('$$')) return (scope) => follow(scope.root, path, 0);
  const [name, ...rest] = path as [string, ...string[]];
  if (!context.names.has(name)) throw new StoreFailure(17276, `Use of undefined variable: ${name}`);
  if (name === 'ROOT' || name === 'CURRENT') return (scope) => follow(scope.root, rest, 0);
  if (name === 'NOW') return () => context.now;
  if (name === 'REMOVE') return () => undefined;
  return (scope) => follow(lookUp(scope.variables, name), rest, 0);
}

/** An expression's path: it enters the documents in an array, and gives an array of what it finds there. */
export function follow(holder: Value | undefined, path: Path, at: number): Value | undefined {
  if (at === path.length) return holder;
  if (Array.isArray(holder)) {
    const found: Value[] = [];
    for (const item of holder) {
      const value = isDoc(item) || Array.isArray(item) ? follow(item, path, at) : undefined;
      if (value !== undefined) found.push(value);
    }
    return found;
  }
  return isDoc(holder) ? follow(getField(holder, path[at] as string), path, at + 1) : undefined;
}

/** Evaluates over a document, with the command's own variables. */
export function evaluateRoot(expression: Expression, root: Doc, context: Context): Value | undefined {
  return expression({ root, variables: context.variables });
}

/**
 * Binds a command's `let`.
 * @throws as `compileExpression`; the values may be expressions over no document
 */
export function bindLet(variables: Doc | undefined, context: Context): Context {
  if (variables === undefined) return context;
  let bound = context.variables;
  for (const [name, value] of Object.entries(variables)) {
    if (!/^[a-z\u0080-\uffff]/u.test(name) && name !== 'CURRENT') throw new StoreFailure(16867, `'${name}' starts with an invalid character for a user variable name`);
    bound = { name, value: compileExpression(value, context)({ root: {}, variables: context.variables }), next: bound };
  }
  return { ...context, variables: bound, names: new Set([...systemNames, ...context.names, ...Object.keys(variables)]) };
}
