import { StoreFailure } from '../../failures.js';
import type { Value } from '../../values/bson.js';
import { isNullish, isTruthy, list, namedArguments, whole } from '../arguments.js';
import { bind, withNames, type OperatorCompiler } from '../context.js';

function variableName(name: string, value: Value | undefined): string {
  if (value === undefined) return 'this';
  if (typeof value !== 'string' || !/^[a-z\u0080-\uffff]/u.test(value)) throw new StoreFailure(16867, `${name}: '${String(value)}' is not a valid variable name`);
  return value;
}

const compileFilter: OperatorCompiler = (argument, context, compile) => {
  const named = namedArguments('$filter', argument, ['input', 'cond'], ['as', 'limit']);
  const as = variableName('$filter', named['as']);
  const input = compile(named['input'] as Value, context);
  const holds = compile(named['cond'] as Value, withNames(context, [as]));
  const limit = named['limit'] === undefined ? undefined : compile(named['limit'], context);
  return (scope) => {
    const value = input(scope);
    if (isNullish(value)) return null;
    const most = limit?.(scope);
    const count = isNullish(most) ? Infinity : whole('$filter', most, 327391);
    if (count <= 0) throw new StoreFailure(327392, '$filter: limit must be greater than 0');
    const kept: Value[] = [];
    for (const item of list('$filter', value, 28651)) {
      if (kept.length >= count) break;
      if (isTruthy(holds(bind(scope, as, item)))) kept.push(item);
    }
    return kept;
  };
};

const compileMap: OperatorCompiler = (argument, context, compile) => {
  const named = namedArguments('$map', argument, ['input', 'in'], ['as']);
  const as = variableName('$map', named['as']);
  const input = compile(named['input'] as Value, context);
  const each = compile(named['in'] as Value, withNames(context, [as]));
  return (scope) => {
    const value = input(scope);
    if (isNullish(value)) return null;
    return list('$map', value, 16883).map((item) => each(bind(scope, as, item)) ?? null);
  };
};

const compileReduce: OperatorCompiler = (argument, context, compile) => {
  const named = namedArguments('$reduce', argument, ['input', 'initialValue', 'in'], []);
  const input = compile(named['input'] as Value, context);
  const initial = compile(named['initialValue'] as Value, context);
  const step = compile(named['in'] as Value, withNames(context, ['this', 'value']));
  return (scope) => {
    const value = input(scope);
    if (isNullish(value)) return null;
    return list('$reduce', value, 40080).reduce<Value | undefined>((total, item) => step(bind(bind(scope, 'this', item), 'value', total)), initial(scope));
  };
};

/** Operators that evaluate an expression for each item of an array. */
export const iterationOperators: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  ['$filter', compileFilter],
  ['$map', compileMap],
  ['$reduce', compileReduce],
]);
