import { StoreFailure, notSupported } from '../failures.js';
import { compileExpression, evaluateRoot, follow } from '../expressions/compile.js';
import { withNames } from '../expressions/context.js';
import { isDoc, setField, type Doc, type Value } from '../values/bson.js';
import { splitPath } from '../values/paths.js';
import { collect, streamOf, through, type StageCompiler } from './stream.js';

const lookupOptions = new Set(['from', 'localField', 'foreignField', 'as', 'let', 'pipeline']);

const compileLookup: StageCompiler = (argument, { context, sources, compilePipeline }) => {
  if (!isDoc(argument)) throw new StoreFailure('FailedToParse', 'the $lookup specification must be an Object');
  const unknown = Object.keys(argument).find((name) => !lookupOptions.has(name));
  if (unknown !== undefined) throw new StoreFailure('FailedToParse', `unknown argument to $lookup: ${unknown}`);
  const { from, localField, foreignField, as, pipeline } = argument;
  if (typeof from !== 'string') throw notSupported('$lookup without a collection of this database in "from"');
  if (typeof as !== 'string' || as === '') throw new StoreFailure('FailedToParse', "must specify 'as' field for a $lookup");
  if ((localField === undefined) !== (foreignField === undefined)) throw new StoreFailure('FailedToParse', '$lookup requires both or neither of "localField" and "foreignField" to be specified');
  if (localField === undefined && pipeline === undefined) throw new StoreFailure('FailedToParse', '$lookup requires either "pipeline" or both "localField" and "foreignField" to be specified');
  if (pipeline !== undefined && !Array.isArray(pipeline)) throw new StoreFailure('TypeMismatch', "'pipeline' option must be specified as an array");
  const variables = isDoc(argument['let']) ? argument['let'] : {};
  const bound = Object.entries(variables).map(([name, value]) => ({ name, value: compileExpression(value, context) }));
  const inner = withNames(context, Object.keys(variables));
  // Compiled once to refuse what is wrong before the first document, then for each with its own variables.
  if (pipeline !== undefined) compilePipeline(pipeline, inner);
  return async function* (input) {
    for await (const docs of input) {
      const joined: Doc[] = [];
      for (const doc of docs) {
        const own = { ...inner, variables: bound.reduce((next, { name, value }) => ({ name, value: evaluateRoot(value, doc, context), next }), context.variables) };
        const filter = localField === undefined ? {} : joinFilter(doc, String(localField), String(foreignField));
        const found = await collect(through(sources.read(from, filter, own), pipeline === undefined ? [] : compilePipeline(pipeline, own)));
        joined.push(withResult(doc, as, found));
      }
      yield joined;
    }
  };
};

/** A missing local field joins what is null or missing over there; an array joins on any of its items. */
function joinFilter(doc: Doc, localField: string, foreignField: string): Doc {
  const local = follow(doc, splitPath(localField), 0) ?? null;
  return { [foreignField]: Array.isArray(local) ? { $in: [...local] } : { $eq: local } };
}

function withResult(doc: Doc, as: string, found: Value[]): Doc {
  const [name, ...rest] = splitPath(as) as [string, ...string[]];
  const copy = { ...doc };
  const below = copy[name];
  setField(copy, name, rest.length === 0 ? found : withResult(isDoc(below) ? below : {}, rest.join('.'), found));
  return copy;
}

const compileUnionWith: StageCompiler = (argument, { context, sources, compilePipeline }) => {
  const options = typeof argument === 'string' ? { coll: argument, pipeline: [] } : argument;
  if (!isDoc(options) || typeof options['coll'] !== 'string') throw new StoreFailure('FailedToParse', '$unionWith needs a collection in "coll"');
  const name = options['coll'];
  const stages = compilePipeline(Array.isArray(options['pipeline']) ? options['pipeline'] : [], context);
  return async function* (input) {
    yield* input;
    yield* through(sources.read(name, {}, context), stages);
  };
};

const compileFacet: StageCompiler = (argument, { context, compilePipeline }) => {
  if (!isDoc(argument) || Object.keys(argument).length === 0) throw new StoreFailure(40169, 'the $facet specification must be a non-empty object');
  const facets = Object.entries(argument).map(([name, pipeline]) => {
    if (!Array.isArray(pipeline)) throw new StoreFailure(40170, `arguments to $facet must be arrays, ${name} is not`);
    return { name, stages: compilePipeline(pipeline, context) };
  });
  return async function* (input) {
    const docs = await collect(input);
    const result: Doc = {};
    for (const { name, stages } of facets) setField(result, name, await collect(through(streamOf(docs), stages)));
    yield [result];
  };
};

const compileDocuments: StageCompiler = (argument, { context }) => {
  const value = evaluateRoot(compileExpression(argument, context), {}, context);
  if (!Array.isArray(value) || !value.every(isDoc)) throw new StoreFailure(5858203, 'an array of documents is expected by $documents');
  return () => streamOf(value);
};

/** Stages that bring in further documents, or split the stream. */
export const joiningStages: ReadonlyMap<string, StageCompiler> = new Map<string, StageCompiler>([
  ['$lookup', compileLookup],
  ['$unionWith', compileUnionWith],
  ['$facet', compileFacet],
  ['$documents', compileDocuments],
]);
