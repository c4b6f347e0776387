import { StoreFailure } from '../failures.js';
import { compareBySort, type SortField } from '../expressions/sortBy.js';
import type { Context } from '../expressions/context.js';
import { planBetween, type Between } from '../planner/explicitBounds.js';
import { choosePlan, type Plan } from '../planner/plan.js';
import { scan, type Effort, type Found } from '../planner/scan.js';
import type { Predicate } from '../query/filter.js';
import type { Collection } from '../storage/collection.js';
import type { Engine } from '../storage/engine.js';
import type { Doc, Value } from '../values/bson.js';
import { compareValues } from '../values/compare.js';
import type { Pace } from './pace.js';

/** Which documents are wanted, and in what order. */
export interface Wanted {
  readonly filter: Doc;
  readonly matches: Predicate;
  readonly sort: readonly SortField[];
  readonly hint: Value | undefined;
  /** `min` and `max` of a find. */
  readonly between?: Between;
  readonly context: Context;
  readonly skip: number;
  /** Infinity for all. */
  readonly limit: number;
}

/** The most a sort without an index may hold in memory, as MongoDB's `internalQueryMaxBlockingSortMemoryUsageBytes`. */
const sortMemory = 100 * 1024 * 1024;
const chunkSize = 128;

/** The plan for what is wanted. @throws BadValue (2) for a hint that names no index, and the refusals of `planBetween` */
export function planFor(collection: Collection, wanted: Wanted): Plan {
  if (wanted.between !== undefined) {
    const plan = planBetween(collection, wanted.hint, wanted.between);
    return wanted.sort.length === 0 ? { ...plan, sorted: true } : plan;
  }
  return choosePlan(collection, { filter: wanted.filter, sort: wanted.sort, hint: wanted.hint, binaryStrings: wanted.context.compare === compareValues });
}

/**
 * Finds documents, some at a time.
 * @throws QueryExceededMemoryLimitNoDiskUseAllowed (292) when a sort without an index would hold more than 100 MB
 */
export async function* search(engine: Engine, collection: Collection, plan: Plan, wanted: Wanted, pace: Pace, effort: Effort): AsyncGenerator<Found[]> {
  if (!plan.sorted) {
    yield* chunks(await sortedMatches(engine, collection, plan, wanted, pace, effort));
    return;
  }
  let { skip, limit } = wanted;
  let chunk: Found[] = [];
  if (limit <= 0) return;
  for (const found of scan(engine, collection, plan, wanted.matches, effort)) {
    if (found !== undefined) {
      if (skip > 0) skip -= 1;
      else {
        chunk.push(found);
        limit -= 1;
        if (limit === 0) break;
      }
    }
    if (chunk.length >= chunkSize) {
      yield chunk;
      chunk = [];
    }
    if (pace.due) await pace.rest();
  }
  if (chunk.length > 0) yield chunk;
}

/** Every match in order; with a limit no more are held than it can need. */
async function sortedMatches(engine: Engine, collection: Collection, plan: Plan, wanted: Wanted, pace: Pace, effort: Effort): Promise<Found[]> {
  const order = foundOrder(wanted);
  const needed = wanted.skip + wanted.limit;
  let held: Found[] = [];
  let bytes = 0;
  for (const found of scan(engine, collection, plan, wanted.matches, effort)) {
    if (found !== undefined) {
      held.push(found);
      bytes += found.raw.length;
      if (held.length > needed * 2 + chunkSize) {
        held = held.sort(order).slice(0, needed);
        bytes = held.reduce((total, { raw }) => total + raw.length, 0);
      }
      if (bytes > sortMemory) throw new StoreFailure('QueryExceededMemoryLimitNoDiskUseAllowed', `Sort exceeded memory limit of ${sortMemory} bytes; an index on the sort's fields needs none`);
    }
    if (pace.due) await pace.rest();
  }
  return held.sort(order).slice(wanted.skip, needed);
}

function foundOrder(wanted: Wanted): (left: Found, right: Found) => number {
  const order = compareBySort(wanted.sort, wanted.context.compare);
  return (left, right) => order(left.doc, right.doc);
}

function* chunks(found: readonly Found[]): Generator<Found[]> {
  for (let at = 0; at < found.length; at += chunkSize) yield found.slice(at, at + chunkSize);
}

/**
 * Finds documents without pausing, for use inside a write job.
 * @param budget how many documents may be looked at
 * @returns undefined when that was not enough
 */
export function searchNow(engine: Engine, collection: Collection, plan: Plan, wanted: Wanted, budget: number): Found[] | undefined {
  const effort: Effort = { keys: 0, documents: 0 };
  const found: Found[] = [];
  for (const match of scan(engine, collection, plan, wanted.matches, effort)) {
    if (match !== undefined) found.push(match);
    if (plan.sorted && found.length >= wanted.limit) return found;
    if (effort.documents >= budget) return undefined;
  }
  return plan.sorted ? found : found.sort(foundOrder(wanted)).slice(0, wanted.limit);
}
