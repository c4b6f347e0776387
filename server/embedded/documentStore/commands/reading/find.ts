import { Int32, Long } from 'bson';
import { StoreFailure } from '../../failures.js';
import { parseSort } from '../../expressions/sortBy.js';
import { Pace } from '../../operations/pace.js';
import { planFor, search, type Wanted } from '../../operations/search.js';
import { maxBatchBytes } from '../../operations/cursors.js';
import { cutFields, keptFields } from '../../query/cut.js';
import { compileFilter } from '../../query/filter.js';
import { compileProjection } from '../../query/projection.js';
import type { Store } from '../../store.js';
import type { Plan } from '../../planner/plan.js';
import type { Found } from '../../planner/scan.js';
import { encodeDoc, setField, type Doc } from '../../values/bson.js';
import { valuesAt } from '../../values/paths.js';
import { continueCursor, firstBatchCount, openCursor } from '../cursorReply.js';
import { collectionName, contextOf, docField, flagField, refuseFields, wholeField, type Command, type Request } from '../request.js';

/** Reads the part of a find, count or delete that says which documents it means. */
export function readWanted(body: Doc, filterField: string): Wanted {
  const context = contextOf(docField(body, 'let'), docField(body, 'collation'));
  const filter = docField(body, filterField) ?? {};
  const limit = Math.abs(wholeField(body, 'limit', -Infinity) ?? 0);
  const [min, max] = [docField(body, 'min'), docField(body, 'max')];
  return {
    filter, context, matches: compileFilter(filter, context), sort: parseSort(docField(body, 'sort') ?? {}), hint: readHint(body),
    skip: wholeField(body, 'skip', 0) ?? 0, limit: limit === 0 ? Infinity : limit,
    ...(min === undefined && max === undefined ? {} : { between: { min, max } }),
  };
}

/** A hint; an empty document is none. */
export function readHint(body: Doc): Wanted['hint'] {
  const hint = body['hint'];
  return typeof hint === 'object' && hint !== null && Object.keys(hint).length === 0 ? undefined : (hint ?? undefined);
}

/** What a find shows of a document, as BSON, when that is not the document as it is stored. */
function shapeOf(body: Doc, wanted: Wanted): ((found: Found, plan: Plan) => Buffer) | undefined {
  const spec = docField(body, 'projection');
  const project = spec === undefined || Object.keys(spec).length === 0 ? undefined : compileProjection(spec, wanted.context, true);
  const recordId = flagField(body, 'showRecordId');
  if (flagField(body, 'returnKey')) return ({ doc }, plan) => encodeDoc(indexKeyOf(doc, plan));
  if (recordId) return ({ doc, record }) => encodeDoc({ ...(project === undefined ? doc : project(doc)), $recordId: Long.fromNumber(record) });
  if (project === undefined) return undefined;
  const kept = keptFields(spec ?? {});
  return kept === undefined ? ({ doc }) => encodeDoc(project(doc)) : ({ raw }) => cutFields(raw, kept);
}

/** The fields of the index that found a document; nothing when none did. */
function indexKeyOf(doc: Doc, plan: Plan): Doc {
  const key: Doc = {};
  if (plan.kind === 'index') for (const [at, path] of plan.index.paths.entries()) setField(key, plan.index.fields[at] as string, valuesAt(doc, path)[0] ?? null);
  return key;
}

async function* rawResults(store: Store, db: string, name: string, body: Doc, wanted: Wanted): AsyncGenerator<Buffer[]> {
  const collection = store.catalog.find(db, name);
  const shape = shapeOf(body, wanted);
  if (collection === undefined) return;
  const pace = new Pace(wholeField(body, 'maxTimeMS', 0));
  const plan = planFor(collection, wanted);
  for await (const found of search(store.engine, collection, plan, wanted, pace, { keys: 0, documents: 0 })) {
    yield found.map((one) => (shape === undefined ? one.raw : shape(one, plan)));
  }
}

/** `find`: a cursor over the matching documents. */
export const find: Command = {
  fields: [
    'filter', 'sort', 'projection', 'hint', 'skip', 'limit', 'batchSize', 'singleBatch', 'noCursorTimeout', 'allowPartialResults', 'collation', 'allowDiskUse', 'let',
    'max', 'min', 'returnKey', 'showRecordId', 'tailable', 'awaitData', 'oplogReplay', 'rawData',
  ],
  async run({ store, db, body }: Request) {
    refuseFields(body, ['tailable', 'awaitData', 'rawData']);
    const name = collectionName(body, 'find');
    const wanted = readWanted(body, 'filter');
    const count = wholeField(body, 'batchSize', 0) ?? firstBatchCount;
    const single = flagField(body, 'singleBatch') || (wholeField(body, 'limit', -Infinity) ?? 0) < 0;
    return openCursor(store, `${db}.${name}`, rawResults(store, db, name, body, wanted), { count, single, keepOpen: flagField(body, 'noCursorTimeout'), most: wanted.limit });
  },
};

/** `getMore`: the next batch of a cursor. */
export const getMore: Command = {
  fields: ['collection', 'batchSize'],
  run({ store, db, body }) {
    const id = body['getMore'];
    if (!(id instanceof Long)) throw new StoreFailure('TypeMismatch', "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
    const count = wholeField(body, 'batchSize', 0) ?? 0;
    return continueCursor(store, id, `${db}.${collectionName(body, 'collection')}`, { count: count === 0 ? Infinity : count, bytes: maxBatchBytes });
  },
};

/** `killCursors`: closes cursors and says which there were. */
export const killCursors: Command = {
  fields: ['cursors'],
  async run({ store, body }) {
    const killed: Long[] = [];
    const missing: Long[] = [];
    for (const id of Array.isArray(body['cursors']) ? body['cursors'] : []) {
      if (!(id instanceof Long)) throw new StoreFailure('TypeMismatch', 'cursor ids are longs');
      ((await store.cursors.kill(id)) ? killed : missing).push(id);
    }
    return { cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [], ok: new Int32(1) };
  },
};

/** `count`: how many documents match. */
export const count: Command = {
  fields: ['query', 'limit', 'skip', 'hint', 'collation', 'fields', 'rawData'],
  async run({ store, db, body }) {
    refuseFields(body, ['rawData']);
    const wanted = readWanted(body, 'query');
    const collection = store.catalog.find(db, collectionName(body, 'count'));
    if (collection === undefined) return { n: new Int32(0), ok: new Int32(1) };
    if (Object.keys(wanted.filter).length === 0) {
      planFor(collection, wanted);
      return { n: new Int32(Math.min(Math.max(collection.totals.count - wanted.skip, 0), wanted.limit)), ok: new Int32(1) };
    }
    let n = 0;
    for await (const found of search(store.engine, collection, planFor(collection, wanted), wanted, new Pace(wholeField(body, 'maxTimeMS', 0)), { keys: 0, documents: 0 })) n += found.length;
    return { n: new Int32(n), ok: new Int32(1) };
  },
};

