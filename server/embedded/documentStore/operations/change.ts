import type { Collection } from '../storage/collection.js';
import { Found } from '../planner/scan.js';
import type { Store } from '../store.js';
import { Pace } from './pace.js';
import { planFor, search, searchNow, type Wanted } from './search.js';

/** A change of the documents a query finds: the first of them, or all. */
export interface Change<R> {
  readonly db: string;
  readonly collection: string;
  /** `limit` is 1 or Infinity. */
  readonly wanted: Wanted;
  /** Milliseconds; 0 is no limit. */
  readonly maxTime: number;
  /**
   * Changes what was found, inside a write job; called once with all, or for long searches several times with some.
   * A refusal it throws leaves the document it is for as it was, those before it stay changed.
   */
  apply(collection: Collection | undefined, found: readonly Found[]): R;
  /** Puts the results of several calls together. */
  combine(results: readonly R[]): R;
}

/** How many documents one job may look at before the search is done outside of it, so that others are not held up. */
const jobBudget = 4000;
const recordsPerJob = 500;

/** Runs a change inside the current write job; undefined when the search is too long for that (nothing is changed then). */
export function changeNow<R>(store: Store, change: Change<R>): { readonly result: R } | undefined {
  const collection = store.catalog.find(change.db, change.collection);
  if (collection === undefined) return { result: change.apply(undefined, []) };
  const found = searchNow(store.engine, collection, planFor(collection, change.wanted), change.wanted, jobBudget);
  return found === undefined ? undefined : { result: change.apply(collection, found) };
}

/** Runs a change whose search is long: finds first, then changes bit by bit what still matches. */
export async function changeLong<R>(store: Store, change: Change<R>): Promise<R> {
  const pace = new Pace(change.maxTime);
  for (;;) {
    const records = await locate(store, change, pace);
    const results: R[] = [];
    let applied = 0;
    for (let at = 0; at < records.length || at === 0; at += recordsPerJob) {
      const some = records.slice(at, at + recordsPerJob);
      const done = await store.engine.write(() => {
        const collection = store.catalog.find(change.db, change.collection);
        const found = collection === undefined ? [] : stillMatching(collection, some, change.wanted);
        applied += found.length;
        // What was found has been changed by another meanwhile: search again rather than do nothing.
        return found.length === 0 && some.length > 0 ? undefined : { result: change.apply(collection, found) };
      });
      if (done !== undefined) results.push(done.result);
    }
    if (applied > 0 || records.length === 0) return change.combine(results);
  }
}

async function locate<R>(store: Store, change: Change<R>, pace: Pace): Promise<number[]> {
  const collection = store.catalog.find(change.db, change.collection);
  if (collection === undefined) return [];
  const records: number[] = [];
  const effort = { keys: 0, documents: 0 };
  for await (const chunk of search(store.engine, collection, planFor(collection, change.wanted), change.wanted, pace, effort)) {
    for (const { record } of chunk) records.push(record);
  }
  return records;
}

function stillMatching(collection: Collection, records: readonly number[], wanted: Wanted): Found[] {
  return records.flatMap((record) => {
    const raw = collection.read(record);
    if (raw === undefined) return [];
    const found = new Found({ record, raw });
    return wanted.matches(found.doc) ? [found] : [];
  });
}

/** Runs a change in one job when its search is short, else bit by bit. */
export async function runChange<R>(store: Store, change: Change<R>): Promise<R> {
  const done = await store.engine.write(() => changeNow(store, change));
  return done === undefined ? changeLong(store, change) : done.result;
}
