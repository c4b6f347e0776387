import { decodeDoc } from '../values/bson.js';
import type { Collection } from '../storage/collection.js';
import type { Index } from '../storage/index.js';
import type { IndexRequest } from '../storage/indexDefinition.js';
import type { Store } from '../store.js';

/** A job enters so many documents at most, and ends after so many milliseconds: reads wait for it. */
const documentsPerJob = 500;
const slice = 10;

/**
 * Builds an index on what is there, some documents at a time, while reads and writes go on; writes keep the part that exists up.
 * Queries use it when it is complete.
 * @throws DuplicateKey (11000) and the refusals of its keys; the index is gone then
 */
export async function buildIndex(store: Store, collection: Collection, request: IndexRequest): Promise<void> {
  const empty = collection.totals.count === 0;
  const index = await store.engine.write(() => store.catalog.addIndex(collection, request, empty && collection.totals.count === 0));
  if (index.definition.ready) return;
  try {
    let after: number | undefined = 0;
    while (after !== undefined) {
      const from: number = after;
      after = await store.engine.write(() => enterSome(collection, index, from));
    }
    await store.engine.write(() => store.catalog.finishIndex(collection, index));
  } catch (error) {
    await store.engine.write(() => store.catalog.dropIndex(collection, index));
    store.purge();
    throw error;
  }
}

/** Enters documents behind a record; gives the last one's record, or undefined when there are no more. */
function enterSome(collection: Collection, index: Index, after: number): number | undefined {
  const some = collection.readMany(documentsPerJob, { after });
  const end = performance.now() + slice;
  for (const stored of some) {
    collection.enterInto(index, stored, decodeDoc(stored.raw));
    if (performance.now() > end) return stored.record;
  }
  return some.length < documentsPerJob ? undefined : some.at(-1)?.record;
}
