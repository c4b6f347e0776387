import { Double, Int32 } from 'bson';
import type { Collection } from '../../storage/collection.js';
import type { Doc } from '../../values/bson.js';
import { collectionName, wholeField, type Command } from '../request.js';

/** What collections hold together. */
function sum(collections: readonly Collection[]): { count: number; bytes: number; indexes: number } {
  const sums = { count: 0, bytes: 0, indexes: 0 };
  for (const { totals, indexes } of collections) {
    sums.count += totals.count;
    sums.bytes += totals.bytes;
    sums.indexes += indexes.length;
  }
  return sums;
}

/** Bytes in units of `scale` bytes, 1 unless told. @throws BadValue (2) below 1 */
function scaleOf(body: Doc): number {
  return wholeField(body, 'scale', 1) ?? 1;
}

/** `collStats`: how much a collection holds. */
export const collStats: Command = {
  fields: ['scale'],
  run({ store, db, body }) {
    const name = collectionName(body, 'collStats');
    const scale = scaleOf(body);
    const collection = store.catalog.find(db, name);
    const { count, bytes, indexes } = sum(collection === undefined ? [] : [collection]);
    const size = new Double(Math.floor(bytes / scale));
    return {
      ns: `${db}.${name}`, count: new Int32(count), size, ...(count === 0 ? {} : { avgObjSize: new Double(Math.floor(bytes / count)) }),
      storageSize: size, nindexes: new Int32(indexes), capped: false, scaleFactor: new Int32(scale), ok: new Int32(1),
    };
  },
};

/** `dbStats`: how much a database holds. */
export const dbStats: Command = {
  fields: ['scale', 'freeStorage'],
  run({ store, db, body }) {
    const scale = scaleOf(body);
    const collections = store.catalog.list(db);
    const { count, bytes, indexes } = sum(collections);
    const size = new Double(bytes / scale);
    return {
      db, collections: new Int32(collections.length), views: new Int32(0), objects: new Double(count), avgObjSize: new Double(count === 0 ? 0 : bytes / count),
      dataSize: size, storageSize: size, indexes: new Int32(indexes), scaleFactor: new Double(scale), ok: new Int32(1),
    };
  },
};
