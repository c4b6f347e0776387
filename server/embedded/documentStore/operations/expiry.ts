import type { Log } from '../log.js';
import { readRange, type Collection } from '../storage/collection.js';
import type { Catalog } from '../storage/catalog.js';
import type { Engine } from '../storage/engine.js';
import { recordOf, type Index } from '../storage/index.js';
import { decodeDoc, type Doc } from '../values/bson.js';
import { valuesAt } from '../values/paths.js';

const documentsPerJob = 500;

/** What of a store it works on. */
interface Swept {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly log: Log;
}

/** Removes documents whose TTL index says they are over, every `interval` milliseconds. */
export function startExpiry(store: Swept, interval: number): { stop(): Promise<void> } {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= expireAll(store)
      .catch((error: unknown) => store.log({ event: 'expiry failed', error: String(error) }))
      .finally(() => {
        running = undefined;
      });
  }, interval).unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

async function expireAll(store: Swept): Promise<void> {
  for (const collection of store.catalog.list()) {
    for (const index of collection.indexes) {
      if (index.definition.expireAfterSeconds !== undefined && index.definition.ready) await expire(store, collection, index);
    }
  }
}

async function expire(store: Swept, collection: Collection, index: Index): Promise<void> {
  let removed: number;
  do {
    removed = await store.engine.write(() => {
      const now = store.catalog.find(collection.db, collection.name);
      return now === collection && now.indexes.includes(index) ? expireSome(store, collection, index) : 0;
    });
  } while (removed === documentsPerJob);
}

function expireSome(store: Swept, collection: Collection, index: Index): number {
  const limit = new Date(Date.now() - (index.definition.expireAfterSeconds ?? 0) * 1000);
  // Dates lie in the index between the first there can be and the last that is over; a descending index has them the other way round.
  const ends = [index.bound([new Date(-8.64e15)]), index.bound([limit])].sort(Buffer.compare) as [Buffer, Buffer];
  const entries = readRange(store.engine.entries, { start: ends[0], end: ends[1] }, documentsPerJob, false);
  let removed = 0;
  for (const { key, value } of entries) {
    const record = recordOf(index.definition.unique ? value : key);
    const raw = collection.read(record);
    if (raw === undefined) continue;
    const doc = decodeDoc(raw);
    if (!isOver(doc, index, limit)) continue;
    collection.delete({ record, raw }, doc);
    removed += 1;
  }
  return removed;
}

/** Of several dates in an array the earliest counts. */
function isOver(doc: Doc, index: Index, limit: Date): boolean {
  const path = index.paths[0];
  if (path === undefined) return false;
  return valuesAt(doc, path).flatMap((value) => (Array.isArray(value) ? value : [value])).some((value) => value instanceof Date && value < limit);
}
