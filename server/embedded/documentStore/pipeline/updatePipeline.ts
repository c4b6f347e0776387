import { StoreFailure } from '../failures.js';
import type { Context } from '../expressions/context.js';
import { getField, isDoc, type Doc, type Value } from '../values/bson.js';
import { compileAddFields, compileProject, compileReplaceRoot, compileUnset, newRootOf, type Shape } from './shaping.js';

const stages: ReadonlyMap<string, (argument: Value, context: Context) => Shape> = new Map([
  ['$set', compileAddFields],
  ['$addFields', compileAddFields],
  ['$unset', compileUnset],
  ['$project', compileProject],
  ['$replaceRoot', (argument, context) => compileReplaceRoot(newRootOf(argument), context)],
  ['$replaceWith', compileReplaceRoot],
]);

/**
 * Compiles an update that is a pipeline.
 * @throws InvalidOptions (72) for a stage updates may not have, ImmutableField (66) when it changes `_id`
 */
export function compileUpdatePipeline(pipeline: readonly Value[], context: Context): (doc: Doc) => Doc {
  const shapes = pipeline.map((stage) => {
    const name = isDoc(stage) && Object.keys(stage).length === 1 ? Object.keys(stage)[0] : undefined;
    if (name === undefined || !isDoc(stage)) throw new StoreFailure(40323, 'A pipeline stage specification object must contain exactly one field.');
    const compile = stages.get(name);
    if (compile === undefined) throw new StoreFailure('InvalidOptions', `${name} is not allowed to be used within an update`);
    return compile(stage[name] as Value, context);
  });
  return (doc) => {
    const result = shapes.reduce((shaped, shape) => shape(shaped), doc);
    const id = getField(doc, '_id');
    if (id === undefined) return result;
    const given = getField(result, '_id');
    if (given !== undefined && context.compare(given, id) !== 0) throw new StoreFailure('ImmutableField', `Performing an update on the path '_id' would modify the immutable field '_id'`);
    const { _id: _, ...rest } = result;
    return { _id: id, ...rest };
  };
}
