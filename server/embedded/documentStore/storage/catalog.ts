import { Double, Int32 } from 'bson';
import { StoreFailure } from '../failures.js';
import { decodeDoc, encodeDoc, type Doc } from '../values/bson.js';
import { Collection, type Totals } from './collection.js';
import type { Engine } from './engine.js';
import { above, Index, prefixOf } from './index.js';
import { marks, readCollectionEntry, readCount, readTotals, writeCollectionEntry } from './catalogEntries.js';
import type { IndexRequest } from './indexDefinition.js';

const nextIdKey = Buffer.from(marks.nextId);

/** Keys that belong to nothing any more and are being removed bit by bit. */
export interface Garbage { readonly table: 'documents' | 'entries'; readonly id: number }

/**
 * Which collections and indexes there are. What it holds in memory mirrors the catalog table; changes are made inside write jobs,
 * and read back from disk when their transaction fails.
 */
export class Catalog {
  readonly #engine: Engine;
  readonly #collections = new Map<string, Collection>();
  readonly #dirtyTotals = new Set<Collection>();
  readonly #dirtyEntries = new Set<Collection>();
  readonly #garbage = new Map<string, Garbage>();
  #nextId = 1;

  constructor(engine: Engine) {
    this.#engine = engine;
    engine.beforeCommit = () => this.#flush();
    engine.afterRollback = () => this.load();
    this.load();
  }

  /** Reads everything from disk. */
  load(): void {
    this.#collections.clear();
    this.#dirtyTotals.clear();
    this.#dirtyEntries.clear();
    this.#garbage.clear();
    const nextId = this.#engine.catalog.get(nextIdKey);
    this.#nextId = nextId === undefined ? 1 : nextId.readUInt32BE();
    for (const value of this.#readMarked(marks.garbage)) {
      this.#noteGarbage({ table: value['table'] === 'documents' ? 'documents' : 'entries', id: readCount(value['id']) });
    }
    for (const value of this.#readMarked(marks.collection)) {
      const collection = this.#revive(value);
      this.#collections.set(collection.namespace, collection);
    }
  }

  *#readMarked(mark: string): Generator<Doc> {
    const start = Buffer.from(mark);
    for (const { value } of this.#engine.catalog.getRange({ start, end: Buffer.concat([start, above]) })) yield decodeDoc(value);
  }

  #revive(value: Doc): Collection {
    const { id, db, name, indexes } = readCollectionEntry(value);
    return this.#collection(id, db, name, indexes.map((definition) => new Index(definition)));
  }

  #collection(id: number, db: string, name: string, indexes: Index[]): Collection {
    const stored = this.#engine.catalog.get(totalsKey(id));
    const totals: Totals = stored === undefined ? { count: 0, bytes: 0 } : readTotals(decodeDoc(stored));
    const collection: Collection = new Collection(this.#engine, { id, db, name }, {
      totals, indexes,
      onIndexChange: () => this.#dirtyEntries.add(collection),
      onTotals: () => this.#dirtyTotals.add(collection),
    });
    return collection;
  }

  /** A collection, or undefined. */
  find(db: string, name: string): Collection | undefined {
    return this.#collections.get(`${db}.${name}`);
  }

  /** All collections of a database, or all there are, by name. */
  list(db?: string): Collection[] {
    return [...this.#collections.values()].filter((collection) => db === undefined || collection.db === db).sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
  }

  /**
   * Makes a collection with its `_id` index; only inside a write job.
   * @throws InvalidNamespace (73) for a name that cannot be one
   */
  create(db: string, name: string): Collection {
    checkNamespace(db, name);
    const id = this.#takeId();
    const key: IndexRequest = { name: '_id_', key: { _id: new Int32(1) }, unique: true, sparse: false };
    const index = new Index({ ...key, id: this.#takeId(), multikey: false, ready: true });
    const collection = this.#collection(id, db, name, [index]);
    this.#collections.set(collection.namespace, collection);
    this.#dirtyEntries.add(collection);
    return collection;
  }

  /** Takes a collection away at once; its keys go later. Only inside a write job. */
  drop(collection: Collection): void {
    this.#collections.delete(collection.namespace);
    this.#dirtyTotals.delete(collection);
    this.#dirtyEntries.delete(collection);
    this.#engine.remove(this.#engine.catalog, entryKey(collection));
    this.#engine.remove(this.#engine.catalog, totalsKey(collection.id));
    this.#discard({ table: 'documents', id: collection.id });
    for (const index of collection.indexes) this.#discard({ table: 'entries', id: index.definition.id });
  }

  /** Gives a collection's documents and indexes another name, where nothing has it; only inside a write job. */
  rename(collection: Collection, db: string, name: string): Collection {
    checkNamespace(db, name);
    this.#collections.delete(collection.namespace);
    this.#engine.remove(this.#engine.catalog, entryKey(collection));
    this.#dirtyEntries.delete(collection);
    if (this.#dirtyTotals.delete(collection)) this.#writeTotals(collection);
    const renamed = this.#collection(collection.id, db, name, collection.indexes);
    this.#collections.set(renamed.namespace, renamed);
    this.#dirtyEntries.add(renamed);
    return renamed;
  }

  /** Adds an index; only inside a write job. */
  addIndex(collection: Collection, request: IndexRequest, ready: boolean): Index {
    const index = new Index({ ...request, id: this.#takeId(), multikey: false, ready });
    collection.indexes = [...collection.indexes, index];
    this.#dirtyEntries.add(collection);
    return index;
  }

  /** Declares an index complete; only inside a write job. */
  finishIndex(collection: Collection, index: Index): void {
    index.definition.ready = true;
    this.#dirtyEntries.add(collection);
  }

  /** Takes an index away at once; its keys go later. Only inside a write job. */
  dropIndex(collection: Collection, index: Index): void {
    collection.indexes = collection.indexes.filter((other) => other !== index);
    this.#dirtyEntries.add(collection);
    this.#discard({ table: 'entries', id: index.definition.id });
  }

  /** What is waiting to be removed. */
  get garbage(): Garbage[] {
    return [...this.#garbage.values()];
  }

  /** Declares garbage gone; only inside a write job. */
  forgetGarbage(garbage: Garbage): void {
    this.#garbage.delete(`${garbage.table}${garbage.id}`);
    this.#engine.remove(this.#engine.catalog, garbageKey(garbage));
  }

  #discard(garbage: Garbage): void {
    this.#noteGarbage(garbage);
    this.#engine.put(this.#engine.catalog, garbageKey(garbage), encodeDoc({ table: garbage.table, id: new Int32(garbage.id) }));
  }

  #noteGarbage(garbage: Garbage): void {
    this.#garbage.set(`${garbage.table}${garbage.id}`, garbage);
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    const bytes = prefixOf(this.#nextId);
    this.#engine.put(this.#engine.catalog, nextIdKey, bytes);
    return id;
  }

  #flush(): void {
    for (const collection of this.#dirtyEntries) {
      this.#engine.put(this.#engine.catalog, entryKey(collection), encodeDoc(writeCollectionEntry(collection)));
    }
    for (const collection of this.#dirtyTotals) this.#writeTotals(collection);
    this.#dirtyEntries.clear();
    this.#dirtyTotals.clear();
  }

  #writeTotals(collection: Collection): void {
    const { count: documents, bytes } = collection.totals;
    this.#engine.put(this.#engine.catalog, totalsKey(collection.id), encodeDoc({ count: new Double(documents), bytes: new Double(bytes) }));
  }
}

function entryKey(collection: Collection): Buffer {
  return Buffer.from(`${marks.collection}${collection.db}\0${collection.name}`);
}

function totalsKey(id: number): Buffer {
  return Buffer.concat([Buffer.from(marks.totals), prefixOf(id)]);
}

function garbageKey(garbage: Garbage): Buffer {
  return Buffer.concat([Buffer.from(marks.garbage), Buffer.from(garbage.table), prefixOf(garbage.id)]);
}

/** @throws InvalidNamespace (73) */
function checkNamespace(db: string, name: string): void {
  const wrongDb = db === '' || /[/\\. "$\0]/.test(db) || db.length > 63;
  if (wrongDb || name === '' || name.includes('$') || name.includes('\0') || name.startsWith('.') || name.endsWith('.') || `${db}.${name}`.length > 255) {
    throw new StoreFailure('InvalidNamespace', `Invalid namespace specified '${db}.${name}'`);
  }
}
