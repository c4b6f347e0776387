import { StoreFailure } from '../../failures.js';
import { getField, isDoc, setField, type Doc, type Value } from '../../values/bson.js';
import { isNullish, namedArguments, overValues, shown } from '../arguments.js';
import type { Context, Compile, Expression, OperatorCompiler } from '../context.js';

function merge(values: readonly (Value | undefined)[]): Value {
  const result: Doc = {};
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isDoc(value)) throw new StoreFailure(40400, `$mergeObjects requires object inputs, but input ${shown(value)} is of type ${shown(value)}`);
    for (const [name, field] of Object.entries(value)) setField(result, name, field);
  }
  return result;
}

/** The field's name is a constant: a string, or a literal. */
function constantName(name: string, field: Value, context: Context, compile: Compile): string {
  const value = typeof field === 'string' ? field : compile(field, context)({ root: {}, variables: undefined });
  if (typeof value !== 'string') throw new StoreFailure(5654602, `${name} requires 'field' to evaluate to type String, but got ${shown(value)}`);
  return value;
}

const compileGet: OperatorCompiler = (argument, context, compile) => {
  const short = !isDoc(argument) || Object.keys(argument).some((key) => key.startsWith('$'));
  const named = short ? { field: argument } : namedArguments('$getField', argument, ['field'], ['input']);
  const field = constantName('$getField', named['field'] as Value, context, compile);
  const given = 'input' in named ? named['input'] : undefined;
  const input: Expression = given === undefined ? (scope) => scope.root : compile(given, context);
  return (scope) => {
    const value = input(scope);
    if (value === null) return null;
    return isDoc(value) ? getField(value, field) : undefined;
  };
};

function compileSet(name: '$setField' | '$unsetField'): OperatorCompiler {
  return (argument, context, compile) => {
    const named = namedArguments(name, argument, name === '$setField' ? ['field', 'input', 'value'] : ['field', 'input'], []);
    const field = constantName(name, named['field'] as Value, context, compile);
    const input = compile(named['input'] as Value, context);
    const value: Expression = name === '$setField' ? compile(named['value'] as Value, context) : () => undefined;
    return (scope) => {
      const holder = input(scope);
      if (isNullish(holder)) return null;
      if (!isDoc(holder)) throw new StoreFailure(4161105, `${name} requires 'input' to evaluate to type Object`);
      const result = { ...holder };
      const fresh = value(scope);
      if (fresh === undefined) delete result[field];
      else setField(result, field, fresh);
      return result;
    };
  };
}

/** Operators over documents. */
export const objectOperators: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  ['$mergeObjects', (argument, context, compile) => {
    const [, operator] = overValues('$mergeObjects', 0, Infinity, (values) => merge(values.length === 1 && Array.isArray(values[0]) ? values[0] : values));
    return operator(argument, context, compile);
  }],
  ['$getField', compileGet],
  ['$setField', compileSet('$setField')],
  ['$unsetField', compileSet('$unsetField')],
]);
