import { createHash } from 'node:crypto';
import { Binary, Double, Int32 } from 'bson';
import { StoreFailure, notSupported } from '../../failures.js';
import { ensureCollection } from '../../operations/inserting.js';
import { compileFilter } from '../../query/filter.js';
import type { Collection } from '../../storage/collection.js';
import { viewIndex } from '../../storage/indexDefinition.js';
import { encodeDoc, type Doc } from '../../values/bson.js';
import { cursorReplyOptions, openCursor } from '../cursorReply.js';
import { existing, oneChunk } from './indexes.js';
import { collectionName, docField, flagField, type Command } from '../request.js';

const unsupportedOptions = [
  'capped', 'timeseries', 'viewOn', 'pipeline', 'validator', 'clusteredIndex', 'changeStreamPreAndPostImages', 'encryptedFields', 'expireAfterSeconds',
];

/** `create`: makes an empty collection. One that is there already has no options either, so that nothing is to be done then, as in MongoDB since 7.0. */
export const create: Command = {
  fields: [...unsupportedOptions, 'size', 'max', 'storageEngine', 'indexOptionDefaults', 'collation', 'validationLevel', 'validationAction', 'autoIndexId', 'idIndex'],
  async run({ store, db, body }) {
    const name = collectionName(body, 'create');
    const used = unsupportedOptions.find((option) => body[option] !== undefined && body[option] !== false);
    if (used !== undefined) throw notSupported(`collections with '${used}'`);
    const collation = docField(body, 'collation');
    if (collation !== undefined && collation['locale'] !== 'simple') throw notSupported('a default collation');
    await store.engine.write(() => ensureCollection(store, db, name));
    return { ok: new Int32(1) };
  },
};

/** `drop`: takes a collection away. */
export const drop: Command = {
  fields: [],
  async run({ store, db, body }): Promise<Doc> {
    const collection = store.catalog.find(db, collectionName(body, 'drop'));
    if (collection === undefined) return { ok: new Int32(1) };
    const indexes = collection.indexes.length;
    await store.engine.write(() => store.catalog.drop(existing(store, db, collection.name)));
    store.purge();
    return { ns: collection.namespace, nIndexesWas: new Int32(indexes), ok: new Int32(1) };
  },
};

/** `renameCollection`: gives a collection another name; run on the admin database. */
export const renameCollection: Command = {
  fields: ['to', 'dropTarget'],
  async run({ store, body }) {
    const [from, to] = [splitNamespace(body['renameCollection']), splitNamespace(body['to'])];
    await store.engine.write(() => {
      const source = existing(store, from.db, from.name);
      const target = store.catalog.find(to.db, to.name);
      if (target !== undefined && !flagField(body, 'dropTarget')) throw new StoreFailure('NamespaceExists', 'target namespace exists');
      if (target !== undefined) store.catalog.drop(target);
      store.catalog.rename(source, to.db, to.name);
    });
    store.purge();
    return { ok: new Int32(1) };
  },
};

function splitNamespace(value: Doc[string] | undefined): { db: string; name: string } {
  const [, db, name] = /^([^.]+)\.(.+)$/s.exec(typeof value === 'string' ? value : '') ?? [];
  if (db === undefined || name === undefined) throw new StoreFailure('InvalidNamespace', `Invalid namespace specified '${String(value)}'`);
  return { db, name };
}

/** `dropDatabase`: takes all collections of a database away. */
export const dropDatabase: Command = {
  fields: [],
  async run({ store, db }) {
    const dropped = await store.engine.write(() => {
      const collections = store.catalog.list(db);
      for (const collection of collections) store.catalog.drop(collection);
      return collections.length;
    });
    store.purge();
    return { ...(dropped === 0 ? {} : { dropped: db }), ok: new Int32(1) };
  },
};

/** A collection's UUID: MongoDB gives each one, and so does this store, out of its id. */
function uuidOf({ id, namespace }: Collection): Binary {
  return new Binary(createHash('sha256').update(`${id} ${namespace}`).digest().subarray(0, 16), Binary.SUBTYPE_UUID);
}

/** `listCollections`: a cursor over a database's collections. */
export const listCollections: Command = {
  fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor', 'rawData'],
  run({ store, db, body }) {
    const nameOnly = flagField(body, 'nameOnly');
    const matches = compileFilter(docField(body, 'filter') ?? {});
    const views = store.catalog.list(db).map((collection): Doc => ({
      name: collection.name, type: 'collection',
      ...(nameOnly ? {} : { options: {}, info: { readOnly: false, uuid: uuidOf(collection) }, idIndex: idIndexOf(collection) }),
    }));
    const shown = views.filter(matches).map((view) => encodeDoc(view));
    return openCursor(store, `${db}.$cmd.listCollections`, oneChunk(shown), cursorReplyOptions(docField(body, 'cursor')));
  },
};

function idIndexOf(collection: Collection): Doc {
  const index = collection.indexes.find(({ definition }) => definition.name === '_id_');
  return index === undefined ? {} : viewIndex(index.definition);
}

/** `listDatabases`: the databases that have collections; run on the admin database. */
export const listDatabases: Command = {
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  run({ store, body }) {
    const sizes = new Map<string, number>();
    for (const { db, totals } of store.catalog.list()) sizes.set(db, (sizes.get(db) ?? 0) + totals.bytes);
    const matches = compileFilter(docField(body, 'filter') ?? {});
    const databases = [...sizes].map(([name, bytes]): Doc => ({ name, sizeOnDisk: new Double(bytes), empty: false })).filter(matches);
    return { databases, totalSize: new Double([...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)), ok: new Int32(1) };
  },
};
