import { Double, Int32 } from 'bson';
import { isDoc, isNumeric, type Doc, type Value } from '../values/bson.js';
import { toNumber } from '../values/numbers.js';
import type { Collection, Totals } from './collection.js';
import type { IndexDefinition } from './indexDefinition.js';

/** How the catalog table's keys begin: what each entry is of. */
export const marks = { collection: 'c', totals: 't', garbage: 'g', nextId: 'n' } as const;

/** A collection's entry, read. */
export interface CollectionEntry { readonly id: number; readonly db: string; readonly name: string; readonly indexes: readonly IndexDefinition[] }

/** Reads a collection's entry. */
export function readCollectionEntry(value: Doc): CollectionEntry {
  const indexes = Array.isArray(value['indexes']) ? value['indexes'].filter(isDoc).map(reviveIndex) : [];
  return { id: readCount(value['id']), db: String(value['db']), name: String(value['name']), indexes };
}

/** Writes a collection's entry. */
export function writeCollectionEntry({ id, db, name, indexes }: Collection): Doc {
  return { id: new Int32(id), db, name, indexes: indexes.map(({ definition }) => storeIndex(definition)) };
}

/** A number of the catalog; zero when it is none. */
export function readCount(value: Value | undefined): number {
  return isNumeric(value) ? toNumber(value) : 0;
}

/** A collection's totals. */
export function readTotals(value: Doc): Totals {
  return { count: readCount(value['count']), bytes: readCount(value['bytes']) };
}

function storeIndex(definition: IndexDefinition): Doc {
  const { id, expireAfterSeconds, partialFilterExpression, ...rest } = definition;
  return {
    ...rest, id: new Int32(id),
    ...(partialFilterExpression === undefined ? {} : { partialFilterExpression }),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds: new Double(expireAfterSeconds) }),
  };
}

function reviveIndex(value: Doc): IndexDefinition {
  const partial = value['partialFilterExpression'];
  const expiry = value['expireAfterSeconds'];
  return {
    id: readCount(value['id']), name: String(value['name']), key: value['key'] as Doc,
    unique: value['unique'] === true, sparse: value['sparse'] === true, multikey: value['multikey'] === true, ready: value['ready'] === true,
    ...(isDoc(partial) ? { partialFilterExpression: partial } : {}),
    ...(isNumeric(expiry) ? { expireAfterSeconds: toNumber(expiry) } : {}),
  };
}
