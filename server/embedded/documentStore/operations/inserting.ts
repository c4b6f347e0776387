import { ObjectId } from 'bson';
import { checkId, type Collection } from '../storage/collection.js';
import type { Store } from '../store.js';
import { checkDepth, encodeDoc, getField, maxDocumentBytes, type Doc } from '../values/bson.js';
import { StoreFailure } from '../failures.js';

/** A document ready to be stored. */
export interface Prepared { readonly doc: Doc; readonly raw: Buffer }

/**
 * Makes a document ready: it gets an `_id` when it lacks one, and the `_id` comes first.
 * @param raw the document's BSON as it came, stored unchanged when nothing had to be added or moved
 * @throws BSONObjectTooLarge (10334), Overflow (15), and the refusals of `checkId`
 */
export function prepare(doc: Doc, raw?: Buffer): Prepared {
  checkDepth(doc);
  const first = Object.keys(doc)[0] === '_id';
  const { _id: given, ...rest } = doc;
  const complete = first ? doc : { _id: given === undefined ? new ObjectId() : given, ...rest };
  checkId(complete);
  if (raw !== undefined && raw.length > maxDocumentBytes) throw new StoreFailure('BSONObjectTooLarge', `object to insert too large. size in bytes: ${raw.length}, max size: ${maxDocumentBytes}`);
  return { doc: complete, raw: first && raw !== undefined ? raw : encodeDoc(complete) };
}

/** The collection, made when it is not there; only inside a write job. */
export function ensureCollection(store: Store, db: string, name: string): Collection {
  return store.catalog.find(db, name) ?? store.catalog.create(db, name);
}

/** The `_id` of a document that has one. */
export function idOf(doc: Doc): Doc[string] {
  return getField(doc, '_id') ?? null;
}
