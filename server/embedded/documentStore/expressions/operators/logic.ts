import { Int32 } from 'bson';
import { StoreFailure } from '../../failures.js';
import { isDoc, type Value } from '../../values/bson.js';
import { isNullish, isTruthy, namedArguments, overValues } from '../arguments.js';
import { bind, withNames, type OperatorCompiler } from '../context.js';

function comparing(name: string, holds: (order: number) => boolean): [string, OperatorCompiler] {
  return overValues(name, 2, 2, ([left, right], context) => holds(context.compare(left, right)));
}

const compileCond: OperatorCompiler = (argument, context, compile) => {
  const parts = Array.isArray(argument) ? argument : undefined;
  if (parts !== undefined && parts.length !== 3) throw new StoreFailure(16020, `Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`);
  const named = parts === undefined ? namedArguments('$cond', argument, ['if', 'then', 'else'], []) : { if: parts[0], then: parts[1], else: parts[2] };
  const condition = compile(named['if'] as Value, context);
  const yes = compile(named['then'] as Value, context);
  const no = compile(named['else'] as Value, context);
  return (scope) => (isTruthy(condition(scope)) ? yes(scope) : no(scope));
};

const compileSwitch: OperatorCompiler = (argument, context, compile) => {
  const named = namedArguments('$switch', argument, ['branches'], ['default']);
  const listed = named['branches'];
  if (!Array.isArray(listed) || listed.length === 0) throw new StoreFailure(40061, '$switch requires at least one branch');
  const branches = listed.map((branch) => {
    const fields = namedArguments('$switch', branch, ['case', 'then'], []);
    return { holds: compile(fields['case'] as Value, context), then: compile(fields['then'] as Value, context) };
  });
  const otherwise = named['default'] === undefined ? undefined : compile(named['default'], context);
  return (scope) => {
    for (const branch of branches) if (isTruthy(branch.holds(scope))) return branch.then(scope);
    if (otherwise === undefined) throw new StoreFailure(40066, '$switch could not find a matching branch for an input, and no default was specified');
    return otherwise(scope);
  };
};

const compileLet: OperatorCompiler = (argument, context, compile) => {
  const named = namedArguments('$let', argument, ['vars', 'in'], []);
  const vars = named['vars'];
  if (!isDoc(vars)) throw new StoreFailure(16876, `invalid parameter: expected an object (vars)`);
  const bound = Object.entries(vars).map(([name, value]) => ({ name, value: compile(value, context) }));
  const inner = compile(named['in'] as Value, withNames(context, Object.keys(vars)));
  return (scope) => inner(bound.reduce((inside, { name, value }) => bind(inside, name, value(scope)), scope));
};

/** Evaluates its arguments one by one and stops at the first that settles the matter. */
function shortCircuit(settles: boolean): OperatorCompiler {
  return (argument, context, compile) => {
    const items = (Array.isArray(argument) ? argument : [argument]).map((item) => compile(item, context));
    return (scope) => (items.some((item) => isTruthy(item(scope)) === settles) ? settles : !settles);
  };
}

/** Comparison, logic, conditions and variables. */
export const logicOperators: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  comparing('$eq', (order) => order === 0),
  comparing('$ne', (order) => order !== 0),
  comparing('$gt', (order) => order > 0),
  comparing('$gte', (order) => order >= 0),
  comparing('$lt', (order) => order < 0),
  comparing('$lte', (order) => order <= 0),
  overValues('$cmp', 2, 2, ([left, right], context) => new Int32(Math.sign(context.compare(left, right)))),
  ['$and', shortCircuit(false)],
  ['$or', shortCircuit(true)],
  overValues('$not', 1, 1, ([value]) => !isTruthy(value)),
  ['$cond', compileCond],
  ['$switch', compileSwitch],
  ['$let', compileLet],
  ['$ifNull', (argument, context, compile) => {
    const items = (Array.isArray(argument) ? argument : []).map((item) => compile(item, context));
    if (items.length < 2) throw new StoreFailure(1257300, `$ifNull needs at least two arguments, had: ${items.length}`);
    return (scope) => {
      let value: Value | undefined;
      for (const item of items) {
        value = item(scope);
        if (!isNullish(value)) return value;
      }
      return value;
    };
  }],
  ['$literal', (argument) => () => argument],
]);
