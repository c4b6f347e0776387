import type { Context } from '../expressions/context.js';
import type { Doc, Value } from '../values/bson.js';

/** Documents on their way through a pipeline, some at a time, so that long work lets the process breathe between them. */
export type Stream = AsyncIterable<Doc[]>;

/** One stage: takes a stream, gives another. */
export type Stage = (input: Stream) => Stream;

/** What stages may ask of the outside. */
export interface Sources {
  /** The documents of another collection of the same database. */
  read(collection: string, filter: Doc, context: Context): Stream;
}

/** What a stage is compiled with. */
export interface StageContext {
  readonly context: Context;
  readonly sources: Sources;
  readonly compilePipeline: (pipeline: readonly Value[], context: Context) => Stage[];
}

/** Compiles the argument of one stage. @throws the refusals of that stage */
export type StageCompiler = (argument: Value, stage: StageContext) => Stage;

/** Runs a stream through stages, in order. */
export function through(input: Stream, stages: readonly Stage[]): Stream {
  return stages.reduce((stream, stage) => stage(stream), input);
}

/** A stage that makes any number of documents of each. */
export function flatMapStage(transform: (doc: Doc) => readonly Doc[]): Stage {
  return async function* (input) {
    for await (const docs of input) {
      const result = docs.flatMap(transform);
      if (result.length > 0) yield result;
    }
  };
}

/** A stage that makes one document of each. */
export function mapStage(transform: (doc: Doc) => Doc): Stage {
  return async function* (input) {
    for await (const docs of input) yield docs.map(transform);
  };
}

/** A stage that needs all documents before it gives the first. */
export function wholeStage(transform: (docs: Doc[]) => readonly Doc[] | Promise<readonly Doc[]>): Stage {
  return async function* (input) {
    const result = await transform(await collect(input));
    yield* chunks(result);
  };
}

/** All documents of a stream. */
export async function collect(stream: Stream): Promise<Doc[]> {
  const all: Doc[] = [];
  for await (const docs of stream) for (const doc of docs) all.push(doc);
  return all;
}

const chunkSize = 256;

/** Documents at hand, as a stream. */
export async function* streamOf(docs: readonly Doc[]): AsyncGenerator<Doc[]> {
  yield* chunks(docs);
}

function* chunks(docs: readonly Doc[]): Generator<Doc[]> {
  for (let at = 0; at < docs.length; at += chunkSize) yield docs.slice(at, at + chunkSize);
}
