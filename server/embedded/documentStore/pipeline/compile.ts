import { Int32 } from 'bson';
import { StoreFailure, notSupported } from '../failures.js';
import type { Context } from '../expressions/context.js';
import { compareBySort, parseSort } from '../expressions/sortBy.js';
import { compileFilter } from '../query/filter.js';
import { isDoc, isNumeric, type Doc, type Value } from '../values/bson.js';
import { toNumber } from '../values/numbers.js';
import { compileGroup } from './grouping.js';
import { joiningStages } from './joining.js';
import { partitionStages } from './partitions.js';
import { shapingStages } from './shaping.js';
import { flatMapStage, wholeStage, type Sources, type Stage, type StageCompiler } from './stream.js';

/** A whole number of documents. @throws 15958 and its kin */
function countOf(name: string, argument: Value, least: number): number {
  const count = isNumeric(argument) ? toNumber(argument) : Number.NaN;
  if (!Number.isInteger(count) || count < least) throw new StoreFailure(name === '$limit' ? 15958 : 5107200, `invalid argument to ${name} stage: expected a ${least === 0 ? 'non-negative' : 'positive'} whole number`);
  return count;
}

function limitStage(limit: number): Stage {
  return async function* (input) {
    let left = limit;
    for await (const docs of input) {
      const kept = docs.slice(0, left);
      left -= kept.length;
      yield kept;
      if (left <= 0) return;
    }
  };
}

function skipStage(skip: number): Stage {
  return async function* (input) {
    let left = skip;
    for await (const docs of input) {
      const kept = docs.slice(left);
      left = Math.max(0, left - docs.length);
      if (kept.length > 0) yield kept;
    }
  };
}

const compileMatch: StageCompiler = (argument, { context }) => {
  if (!isDoc(argument)) throw new StoreFailure(15959, 'the match filter must be an expression in an object');
  const matches = compileFilter(argument, context);
  return flatMapStage((doc) => (matches(doc) ? [doc] : []));
};

const compileSortStage: StageCompiler = (argument, { context }) => {
  if (!isDoc(argument)) throw new StoreFailure(15973, 'the $sort key specification must be an object');
  if (Object.keys(argument).length === 0) throw new StoreFailure(15976, '$sort stage must have at least one sort key');
  const order = compareBySort(parseSort(argument), context.compare);
  return wholeStage((docs) => docs.sort(order));
};

const compileCount: StageCompiler = (argument) => {
  if (typeof argument !== 'string' || argument === '' || argument.startsWith('$') || argument.includes('.')) {
    throw new StoreFailure(40156, 'the count field must be a non-empty string without $ and .');
  }
  return async function* (input) {
    let count = 0;
    for await (const docs of input) count += docs.length;
    if (count > 0) yield [{ [argument]: new Int32(count) }];
  };
};

const compileSample: StageCompiler = (argument) => {
  const size = countOf('$sample', isDoc(argument) ? (argument['size'] ?? null) : null, 1);
  return wholeStage((docs) => {
    for (let at = 0; at < Math.min(size, docs.length); at += 1) {
      const other = at + Math.floor(Math.random() * (docs.length - at));
      [docs[at], docs[other]] = [docs[other] as Doc, docs[at] as Doc];
    }
    return docs.slice(0, size);
  });
};

const stages: ReadonlyMap<string, StageCompiler> = new Map<string, StageCompiler>([
  ['$match', compileMatch],
  ['$sort', compileSortStage],
  ['$limit', (argument) => limitStage(countOf('$limit', argument, 1))],
  ['$skip', (argument) => skipStage(countOf('$skip', argument, 0))],
  ['$count', compileCount],
  ['$sample', compileSample],
  ['$group', compileGroup],
  ['$sortByCount', (argument, stage) => {
    const group = compileGroup({ _id: argument, count: { $sum: new Int32(1) } }, stage);
    const sort = compileSortStage({ count: new Int32(-1) }, stage);
    return (input) => sort(group(input));
  }],
  ...shapingStages, ...joiningStages, ...partitionStages,
]);

const known = new Set([
  '$changeStream', '$collStats', '$currentOp', '$densify', '$fill', '$geoNear', '$indexStats', '$listSessions', '$planCacheStats', '$redact', '$search',
  '$setWindowFields', '$graphLookup', '$bucketAuto', '$listLocalSessions', '$vectorSearch', '$queryStats',
]);

/**
 * Compiles a pipeline's stages (without a leading source and a final `$out` or `$merge`, which the aggregate command takes off).
 * @throws 40323, 40324 for what is no stage, CommandNotSupported (115) for a stage this store has not, and the stages' refusals
 */
export function compilePipeline(pipeline: readonly Value[], context: Context, sources: Sources): Stage[] {
  return pipeline.map((stage) => {
    const names = isDoc(stage) ? Object.keys(stage) : [];
    const [name] = names;
    if (!isDoc(stage) || name === undefined || names.length !== 1) throw new StoreFailure(40323, 'A pipeline stage specification object must contain exactly one field.');
    if (name === '$out' || name === '$merge') throw new StoreFailure(40601, `${name} can only be the final stage in the pipeline`);
    if (known.has(name)) throw notSupported(`the pipeline stage ${name}`);
    const compile = stages.get(name);
    if (compile === undefined) throw new StoreFailure(40324, `Unrecognized pipeline stage name: '${name}'`);
    return compile(stage[name] as Value, { context, sources, compilePipeline: (inner, innerContext) => compilePipeline(inner, innerContext, sources) });
  });
}
