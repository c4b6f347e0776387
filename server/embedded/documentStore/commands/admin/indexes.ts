import { Int32 } from 'bson';
import { StoreFailure } from '../../failures.js';
import { buildIndex } from '../../operations/buildIndex.js';
import { ensureCollection } from '../../operations/inserting.js';
import { compileFilter } from '../../query/filter.js';
import type { Collection } from '../../storage/collection.js';
import { parseIndexRequest, viewIndex, type IndexDefinition, type IndexRequest } from '../../storage/indexDefinition.js';
import type { Store } from '../../store.js';
import { encodeDoc, isDoc, type Value } from '../../values/bson.js';
import { sameValue } from '../../values/compare.js';
import { cursorReplyOptions, openCursor } from '../cursorReply.js';
import { collectionName, docField, listField, type Command } from '../request.js';

/** Whether two definitions mean the same index. */
function sameDefinition(left: IndexRequest, right: IndexDefinition): boolean {
  return left.unique === right.unique && left.sparse === right.sparse && left.expireAfterSeconds === right.expireAfterSeconds
    && sameValue(left.partialFilterExpression, right.partialFilterExpression);
}

/** Whether the index is there already. @throws IndexKeySpecsConflict (86), IndexOptionsConflict (85) when another is in its place */
function exists(collection: Collection, request: IndexRequest): boolean {
  for (const { definition } of collection.indexes) {
    const sameKey = sameValue(definition.key, request.key);
    if (definition.name === '_id_' && sameKey) return true;
    if (definition.name === request.name) {
      if (sameKey && sameDefinition(request, definition)) return true;
      throw new StoreFailure('IndexKeySpecsConflict', `An existing index has the same name as the requested index. Requested index: ${request.name}`);
    }
    if (sameKey && sameValue(definition.partialFilterExpression, request.partialFilterExpression)) {
      throw new StoreFailure('IndexOptionsConflict', `Index already exists with a different name: ${definition.name}`);
    }
  }
  return false;
}

/** `createIndexes`: makes indexes, on existing documents too. */
export const createIndexes: Command = {
  fields: ['indexes', 'commitQuorum'],
  async run({ store, db, body }) {
    const name = collectionName(body, 'createIndexes');
    const requests = (listField(body, 'indexes') ?? []).map(parseIndexRequest);
    if (requests.length === 0) throw new StoreFailure('BadValue', 'Must specify at least one index to create');
    for (const { partialFilterExpression } of requests) if (partialFilterExpression !== undefined) compileFilter(partialFilterExpression);
    const automatically = store.catalog.find(db, name) === undefined;
    const collection = await store.engine.write(() => ensureCollection(store, db, name));
    const before = collection.indexes.length;
    for (const request of requests) if (!exists(collection, request)) await buildIndex(store, collection, request);
    return {
      numIndexesBefore: new Int32(before), numIndexesAfter: new Int32(collection.indexes.length), createdCollectionAutomatically: automatically, ok: new Int32(1),
    };
  },
};

/** The collection of a command that needs one. @throws NamespaceNotFound (26) */
export function existing(store: Store, db: string, name: string): Collection {
  const collection = store.catalog.find(db, name);
  if (collection === undefined) throw new StoreFailure('NamespaceNotFound', `ns does not exist: ${db}.${name}`);
  return collection;
}

/** `listIndexes`: a cursor over index definitions. */
export const listIndexes: Command = {
  fields: ['cursor'],
  run({ store, db, body }) {
    const collection = existing(store, db, collectionName(body, 'listIndexes'));
    const shown = collection.indexes.filter(({ definition }) => definition.ready).map(({ definition }) => encodeDoc(viewIndex(definition)));
    return openCursor(store, collection.namespace, oneChunk(shown), cursorReplyOptions(docField(body, 'cursor')));
  },
};

/** Documents at hand as the source of a cursor. */
export async function* oneChunk(docs: Buffer[]): AsyncGenerator<Buffer[]> {
  yield docs;
}

function matching(collection: Collection, wanted: Value): string[] {
  const secondary = collection.indexes.map(({ definition }) => definition).filter(({ name }) => name !== '_id_');
  if (wanted === '*') return secondary.map(({ name }) => name);
  if (wanted === '_id_') throw new StoreFailure('InvalidOptions', 'cannot drop _id index');
  if (Array.isArray(wanted)) return wanted.flatMap((one) => matching(collection, one));
  const found = secondary.find(({ name, key }) => name === wanted || (isDoc(wanted) && sameValue(key, wanted)));
  if (found === undefined) throw new StoreFailure('IndexNotFound', `index not found with name [${String(wanted)}]`);
  return [found.name];
}

/** `dropIndexes`: takes indexes away, by name, by key, or all but `_id_`. */
export const dropIndexes: Command = {
  fields: ['index'],
  async run({ store, db, body }) {
    const collection = existing(store, db, collectionName(body, 'dropIndexes'));
    const names = matching(collection, body['index'] ?? null);
    const before = collection.indexes.length;
    await store.engine.write(() => {
      for (const index of [...collection.indexes]) if (names.includes(index.definition.name)) store.catalog.dropIndex(collection, index);
    });
    store.purge();
    return { nIndexesWas: new Int32(before), ok: new Int32(1) };
  },
};
