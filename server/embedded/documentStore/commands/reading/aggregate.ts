import { StoreFailure, notSupported } from '../../failures.js';
import { maxBatchBytes } from '../../operations/cursors.js';
import { Pace } from '../../operations/pace.js';
import { planFor, search, type Wanted } from '../../operations/search.js';
import { compilePipeline } from '../../pipeline/compile.js';
import { streamOf, through, type Sources, type Stream } from '../../pipeline/stream.js';
import { compileFilter } from '../../query/filter.js';
import type { Store } from '../../store.js';
import { encodeDoc, isDoc, type Doc, type Value } from '../../values/bson.js';
import { cursorReplyOptions, openCursor } from '../cursorReply.js';
import { explainSearch } from './explain.js';
import { takeApart } from './takeApart.js';
import { compileOutput } from '../writing/output.js';
import { collectionName, contextOf, docField, flagField, listField, refuseFields, wholeField, type Command, type Request } from '../request.js';
import { readHint } from './find.js';

/** The documents of a collection as a stream. */
async function* documents(store: Store, db: string, name: string, wanted: Wanted, pace: Pace): AsyncGenerator<Doc[]> {
  const collection = store.catalog.find(db, name);
  if (collection === undefined) return;
  for await (const found of search(store.engine, collection, planFor(collection, wanted), wanted, pace, { keys: 0, documents: 0 })) yield found.map(({ doc }) => doc);
}

function sourcesOf(store: Store, db: string, pace: Pace): Sources {
  return {
    read: (name, filter, context) => documents(store, db, name, { filter, context, matches: compileFilter(filter, context), sort: [], hint: undefined, skip: 0, limit: Infinity }, pace),
  };
}

/** `aggregate`: a cursor over what a pipeline makes of a collection. */
export const aggregate: Command = {
  fields: ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'collation', 'hint', 'let', 'rawData'],
  async run(request: Request) {
    const { store, db, body } = request;
    refuseFields(body, ['rawData']);
    const pipeline = listField(body, 'pipeline');
    if (pipeline === undefined) throw new StoreFailure(40414, "BSON field 'aggregate.pipeline' is missing but a required field");
    const whole = typeof body['aggregate'] !== 'string';
    const name = whole ? '$cmd.aggregate' : collectionName(body, 'aggregate');
    if (whole && !startsWithDocuments(pipeline)) throw notSupported('a pipeline over the whole database that does not start with $documents');
    const context = contextOf(docField(body, 'let'), docField(body, 'collation'));
    const parts = takeApart(pipeline, context, readHint(body));
    const pace = new Pace(wholeField(body, 'maxTimeMS', 0));
    const stages = compilePipeline(parts.stages, context, sourcesOf(store, db, pace));
    const output = parts.output === undefined ? undefined : compileOutput(store, db, parts.output, context);
    if (flagField(body, 'explain')) return explainSearch(store, db, name, parts.wanted, 'queryPlanner');
    const stream = through(whole ? streamOf([]) : documents(store, db, name, parts.wanted, pace), stages);
    return openCursor(store, `${db}.${name}`, encoded(output === undefined ? stream : output(stream)), cursorReplyOptions(docField(body, 'cursor')));
  },
};

function startsWithDocuments(pipeline: readonly Value[]): boolean {
  return isDoc(pipeline[0]) && Object.hasOwn(pipeline[0], '$documents');
}

async function* encoded(stream: Stream): AsyncGenerator<Buffer[]> {
  for await (const docs of stream) yield docs.map((doc) => encodeDoc(doc, maxBatchBytes));
}
