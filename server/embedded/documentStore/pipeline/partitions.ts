import { Int32 } from 'bson';
import { StoreFailure } from '../failures.js';
import { compileExpression, evaluateRoot } from '../expressions/compile.js';
import { isDoc, typeName, type Value } from '../values/bson.js';
import { compileAccumulator, groupBy } from './grouping.js';
import type { StageCompiler } from './stream.js';

const compileBucket: StageCompiler = (argument, { context }) => {
  if (!isDoc(argument)) throw new StoreFailure(40201, 'Argument to $bucket stage must be an object');
  const { groupBy: by, boundaries, default: other, output } = argument;
  if (by === undefined || !Array.isArray(boundaries)) throw new StoreFailure(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  const edges = boundaries.map((edge) => compileExpression(edge, context)({ root: {}, variables: context.variables }) ?? null);
  if (edges.length < 2) throw new StoreFailure(40192, `The $bucket 'boundaries' field must have at least 2 values, but found ${edges.length} value(s).`);
  for (const [at, edge] of edges.entries()) {
    if (at > 0 && context.compare(edges[at - 1], edge) >= 0) throw new StoreFailure(40194, "The 'boundaries' option to $bucket must be sorted, but elements are not in ascending order");
  }
  const value = compileExpression(by, context);
  const key = (found: Value | undefined): Value => {
    const at = edges.findLastIndex((edge) => context.compare(found, edge) >= 0);
    if (at >= 0 && at < edges.length - 1 && found !== undefined) return edges[at] as Value;
    if (other === undefined) throw new StoreFailure(40066, `$switch could not find a matching branch for an input (${typeName(found)}), and no default was specified.`);
    return other;
  };
  const fields = Object.entries(isDoc(output) ? output : { count: { $sum: new Int32(1) } }).map(([name, spec]) => ({ name, start: compileAccumulator(name, spec, context) }));
  const group = groupBy((scope) => key(isDoc(scope.root) ? evaluateRoot(value, scope.root, context) : undefined), fields, context);
  return async function* (input) {
    for await (const docs of group(input)) yield docs.sort((left, right) => context.compare(left['_id'], right['_id']));
  };
};

/** Stages that sort documents into ranges. */
export const partitionStages: ReadonlyMap<string, StageCompiler> = new Map<string, StageCompiler>([['$bucket', compileBucket]]);
