import type { Predicate } from '../query/filter.js';
import { readRange, type Collection, type Stored } from '../storage/collection.js';
import type { Engine, KeyRange } from '../storage/engine.js';
import { recordOf } from '../storage/index.js';
import { decodeDoc, type Doc } from '../values/bson.js';
import type { Plan } from './plan.js';

/** A document a query has found; decoded when somebody looks at it. */
export class Found implements Stored {
  readonly record: number;
  readonly raw: Buffer;
  #doc: Doc | undefined;

  constructor({ record, raw }: Stored) {
    this.record = record;
    this.raw = raw;
  }

  get doc(): Doc {
    return (this.#doc ??= decodeDoc(this.raw));
  }
}

/** What a scan has looked at so far; explain shows it, and long scans pause by it. */
export interface Effort { keys: number; documents: number }

const firstChunk = 16;
const largestChunk = 256;

/**
 * Walks a plan and gives the matching documents. It holds no LMDB cursor between two documents: it reads some entries at a time
 * and goes on behind the last key, so that it may be left and taken up again while others write.
 */
export function* scan(engine: Engine, collection: Collection, plan: Plan, matches: Predicate, effort: Effort): Generator<Found | undefined> {
  const covered = plan.kind === 'index' && plan.covered;
  for (const stored of plan.kind === 'collection' ? scanRecords(collection, plan.reverse) : scanEntries(engine, collection, plan, effort)) {
    effort.documents += 1;
    const found = new Found(stored);
    // The undefined tells the caller that work was done, so that a long search without a find can pause too.
    yield covered || matches(found.doc) ? found : undefined;
  }
}

function* scanRecords(collection: Collection, reverse: boolean): Generator<Stored> {
  let after: number | undefined;
  for (let size = firstChunk; ; size = Math.min(size * 2, largestChunk)) {
    const chunk = collection.readMany(size, { reverse, ...(after === undefined ? {} : { after }) });
    yield* chunk;
    if (chunk.length < size) return;
    after = chunk.at(-1)?.record;
  }
}

function* scanEntries(engine: Engine, collection: Collection, plan: Extract<Plan, { kind: 'index' }>, effort: Effort): Generator<Stored> {
  const { index, reverse } = plan;
  // Only an array gives a document several entries, or makes two ranges meet the same one.
  const seen = index.definition.multikey ? new Set<number>() : undefined;
  for (const range of reverse ? [...plan.ranges].reverse() : plan.ranges) {
    for (const { key, value } of entriesIn(engine, range, reverse)) {
      effort.keys += 1;
      const record = recordOf(index.definition.unique ? value : key);
      if (seen?.has(record)) continue;
      seen?.add(record);
      const raw = collection.read(record);
      if (raw !== undefined) yield { record, raw };
    }
  }
}

function* entriesIn(engine: Engine, range: KeyRange, reverse: boolean): Generator<{ key: Buffer; value: Buffer }> {
  if (range.single !== true) {
    yield* walk(engine, range, reverse);
    return;
  }
  const value = engine.entries.get(range.start);
  if (value !== undefined) yield { key: range.start, value };
}

function* walk(engine: Engine, range: KeyRange, reverse: boolean): Generator<{ key: Buffer; value: Buffer }> {
  let { start, end } = range;
  for (let size = firstChunk; ; size = Math.min(size * 2, largestChunk)) {
    const chunk = readRange(engine.entries, { start, end }, size, reverse);
    yield* chunk;
    const last = chunk.at(-1);
    if (last === undefined || chunk.length < size) return;
    // The shortest key behind the last one, or (downwards, where the end is not read) the last one itself.
    if (reverse) end = last.key;
    else start = Buffer.concat([last.key, Buffer.from([0])]);
  }
}
