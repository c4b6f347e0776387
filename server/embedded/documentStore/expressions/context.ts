import type { Value } from '../values/bson.js';
import { compareValues, type Compare } from '../values/compare.js';

/** What a filter or an expression is judged by, beside the document: fixed for the length of one command. */
export interface Context {
  /** The order of values; a collation replaces the strings' part of it. */
  readonly compare: Compare;
  /** `$$NOW`: one instant for the whole command. */
  readonly now: Date;
  /** The command's `let`, already evaluated. */
  readonly variables: Variables | undefined;
  /** Names an expression may use as `$$name` at this place. */
  readonly names: ReadonlySet<string>;
}

/** A chain of bound variables; the nearest one hides those behind it. */
export interface Variables {
  readonly name: string;
  readonly value: Value | undefined;
  readonly next: Variables | undefined;
}

/** What an expression is evaluated over: the document and the variables bound so far. */
export interface Scope {
  readonly root: Value;
  readonly variables: Variables | undefined;
}

/** A compiled expression. `undefined` is a missing value. */
export type Expression = (scope: Scope) => Value | undefined;

/** Compiles a nested expression with the variables that are in sight. */
export type Compile = (expression: Value, context: Context) => Expression;

/** Compiles the use of one operator. @throws the refusals of its arguments */
export type OperatorCompiler = (argument: Value, context: Context, compile: Compile) => Expression;

/** The names every expression may use. */
export const systemNames: ReadonlySet<string> = new Set(['ROOT', 'CURRENT', 'NOW', 'REMOVE']);

/** The context of a filter that stands alone, as in a partial index. It has no `$$NOW` worth the name. */
export const defaultContext: Context = { compare: compareValues, now: new Date(0), variables: undefined, names: systemNames };

/** The same scope with one more variable bound. */
export function bind(scope: Scope, name: string, value: Value | undefined): Scope {
  return { root: scope.root, variables: { name, value, next: scope.variables } };
}

/** The same context with more names in sight. */
export function withNames(context: Context, names: readonly string[]): Context {
  return { ...context, names: new Set([...context.names, ...names]) };
}

/** The value bound to a name, nearest first. */
export function lookUp(variables: Variables | undefined, name: string): Value | undefined {
  for (let at = variables; at !== undefined; at = at.next) if (at.name === name) return at.value;
  return undefined;
}
