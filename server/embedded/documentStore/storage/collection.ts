import { StoreFailure } from '../failures.js';
import { getField, typeName, type Doc } from '../values/bson.js';
import { sameValue } from '../values/compare.js';
import { maxEntryBytes } from '../values/keyEncoding.js';
import type { Engine, Table } from './engine.js';
import { above, prefixOf, recordBytes, recordOf, type Index } from './index.js';

/** A stored document: where it is, and its BSON. */
export interface Stored { readonly record: number; readonly raw: Buffer }

/** What is remembered of a collection between writes, and written with them. */
export interface Totals { count: number; bytes: number }

/**
 * One collection: its documents under rising record numbers (insertion order), and its indexes. Every change writes the document
 * and all its index entries in one transaction, after everything that could be refused has been judged.
 */
export class Collection {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly totals: Totals;
  indexes: Index[];
  /** Called when the catalog must be written again, because an index became multikey. */
  readonly onIndexChange: () => void;
  /** Called when the totals changed. */
  readonly onTotals: () => void;
  readonly #engine: Engine;
  readonly #prefix: Buffer;
  #nextRecord: number | undefined;

  constructor(
    engine: Engine,
    identity: { id: number; db: string; name: string },
    state: { totals: Totals; indexes: Index[]; onIndexChange: () => void; onTotals: () => void },
  ) {
    this.#engine = engine;
    this.id = identity.id;
    this.db = identity.db;
    this.name = identity.name;
    this.totals = state.totals;
    this.indexes = state.indexes;
    this.onIndexChange = state.onIndexChange;
    this.onTotals = state.onTotals;
    this.#prefix = prefixOf(identity.id);
  }

  /** "database.collection". */
  get namespace(): string {
    return `${this.db}.${this.name}`;
  }

  /** The document of a record, or undefined when it has been deleted. */
  read(record: number): Buffer | undefined {
    this.#engine.noteTouched(1);
    return this.#engine.documents.get(this.#documentKey(record));
  }

  /** Up to `limit` documents after (or, backwards, before) a record, in record order. */
  readMany(limit: number, options: { after?: number; reverse?: boolean }): Stored[] {
    const lowest = options.reverse || options.after === undefined ? this.#prefix : this.#documentKey(options.after + 1);
    const highest = !options.reverse || options.after === undefined ? Buffer.concat([this.#prefix, above]) : this.#documentKey(options.after);
    const rows = readRange(this.#engine.documents, { start: lowest, end: highest }, limit, options.reverse ?? false);
    this.#engine.noteTouched(rows.length);
    return rows.map(({ key, value }) => ({ record: recordOf(key), raw: value }));
  }

  /**
   * Stores a new document; only inside a write job.
   * @throws DuplicateKey (11000) and the refusals of `Index.keysOf`; nothing is written then
   */
  insert(doc: Doc, raw: Buffer): void {
    const record = this.#nextRecord ?? (this.readMany(1, { reverse: true })[0]?.record ?? 0) + 1;
    const changes = this.indexes.map((index) => ({ index, ...index.keysOf(doc) }));
    for (const { index, keys } of changes) for (const key of keys) this.#refuseTaken(index, key, record, doc);
    for (const { index, keys, multikey } of changes) this.#enter(index, keys, record, multikey);
    this.#engine.put(this.#engine.documents, this.#documentKey(record), raw);
    this.#nextRecord = record + 1;
    this.#count(1, raw.length);
  }

  /**
   * Puts a new version in a document's place; only inside a write job.
   * @throws ImmutableField (66) for another `_id`, and what `insert` throws; nothing is written then
   */
  replace(stored: Stored, before: Doc, after: Doc, raw: Buffer): void {
    if (!sameValue(getField(before, '_id'), getField(after, '_id'))) {
      throw new StoreFailure('ImmutableField', `Performing an update on the path '_id' would modify the immutable field '_id'`);
    }
    const changes = this.indexes.map((index) => {
      const old = new Map(index.keysOf(before).keys.map((key) => [key.toString('latin1'), key]));
      const { keys, multikey } = index.keysOf(after);
      const fresh = keys.filter((key) => !old.delete(key.toString('latin1')));
      return { index, fresh, stale: [...old.values()], multikey };
    });
    for (const { index, fresh } of changes) for (const key of fresh) this.#refuseTaken(index, key, stored.record, after);
    for (const { index, fresh, stale, multikey } of changes) {
      for (const key of stale) this.#leave(index, key, stored.record);
      this.#enter(index, fresh, stored.record, multikey);
    }
    this.#engine.put(this.#engine.documents, this.#documentKey(stored.record), raw);
    this.#count(0, raw.length - stored.raw.length);
  }

  /** Removes a document and its index entries; only inside a write job. */
  delete(stored: Stored, doc: Doc): void {
    const entries = this.indexes.map((index) => ({ index, ...index.keysOf(doc) }));
    for (const { index, keys } of entries) for (const key of keys) this.#leave(index, key, stored.record);
    this.#engine.remove(this.#engine.documents, this.#documentKey(stored.record));
    this.#count(-1, -stored.raw.length);
  }

  /**
   * Enters an existing document into an index under construction; only inside a write job.
   * @throws DuplicateKey (11000)
   */
  enterInto(index: Index, stored: Stored, doc: Doc): void {
    const { keys, multikey } = index.keysOf(doc);
    for (const key of keys) this.#refuseTaken(index, key, stored.record, doc);
    this.#enter(index, keys, stored.record, multikey);
  }

  /** Whether every index holds exactly the entries of this document: what a consistency check asks. */
  missingEntries(record: number, doc: Doc): string[] {
    return this.indexes.filter((index) =>
      index.keysOf(doc).keys.some((key) => {
        const value = this.#engine.entries.get(index.entryKey(key, record));
        return value === undefined || (index.definition.unique && recordOf(value) !== record);
      }),
    ).map((index) => index.definition.name);
  }

  /** Forgets what was remembered of a transaction that came to nothing. */
  forget(): void {
    this.#nextRecord = undefined;
  }

  #documentKey(record: number): Buffer {
    return Buffer.concat([this.#prefix, recordBytes(record)]);
  }

  #refuseTaken(index: Index, key: Buffer, record: number, doc: Doc): void {
    if (!index.definition.unique) return;
    const holder = this.#engine.entries.get(index.entryKey(key, record));
    if (holder !== undefined && recordOf(holder) !== record) throw index.duplicate(this.namespace, doc);
  }

  #enter(index: Index, keys: readonly Buffer[], record: number, multikey: boolean): void {
    const value = index.definition.unique ? recordBytes(record) : Buffer.alloc(0);
    for (const key of keys) this.#engine.put(this.#engine.entries, index.entryKey(key, record), value);
    if (multikey && !index.definition.multikey) {
      index.definition.multikey = true;
      this.onIndexChange();
    }
  }

  #leave(index: Index, key: Buffer, record: number): void {
    const entry = index.entryKey(key, record);
    if (!index.definition.unique) {
      this.#engine.remove(this.#engine.entries, entry);
      return;
    }
    // While an index is being built another document may hold the key this one will be refused for.
    const holder = this.#engine.entries.get(entry);
    if (holder !== undefined && recordOf(holder) === record) this.#engine.remove(this.#engine.entries, entry);
  }

  #count(documents: number, bytes: number): void {
    this.totals.count += documents;
    this.totals.bytes += bytes;
    this.onTotals();
  }
}

/**
 * Refuses what cannot be an `_id`.
 * @throws BadValue (2), DollarPrefixedFieldName (52)
 */
export function checkId(doc: Doc): void {
  const type = typeName(getField(doc, '_id'));
  if (type === 'array' || type === 'regex') throw new StoreFailure('BadValue', `can't use ${type === 'array' ? 'an array' : 'a regex'} for _id`);
  const id = getField(doc, '_id');
  if (type === 'object' && Object.keys(id as Doc).some((name) => name.startsWith('$'))) {
    throw new StoreFailure('DollarPrefixedFieldName', `_id fields may not contain '$'-prefixed fields: ${Object.keys(id as Doc)[0]} is not valid for storage.`);
  }
}

/** Up to `limit` entries of a stretch of keys: `start` included, `end` not, whichever way it is read. */
export function readRange(table: Table, range: { start: Buffer; end: Buffer }, limit: number, reverse: boolean): { key: Buffer; value: Buffer }[] {
  // lmdb's `start` is where it begins, whichever way it goes; our ranges always hold their lower end and not their upper one.
  const [start, end] = [cut(range.start), cut(range.end)];
  const options = reverse ? { start: end, exclusiveStart: true, end: start, inclusiveEnd: true, reverse: true, limit } : { start, end, limit };
  return [...table.getRange(options)];
}

/** LMDB refuses a bound longer than a key may be. No key is so long that it could lie between the two. */
const cut = (bound: Buffer): Buffer => (bound.length > maxEntryBytes ? bound.subarray(0, maxEntryBytes) : bound);
