/**
 * A differential fuzz. Twin collections hold the same documents, one with indexes and one without; every random query, update and
 * pipeline must have the same effect on both. With `FUZZ_AGAINST=<uri>` the twin without indexes stands on another server, and
 * its answers are held against ours. `FUZZ_SEED` and `FUZZ_ROUNDS` repeat or lengthen a run; the seed is in every failure.
 */
import { EJSON } from 'bson';
import { type Collection, MongoClient, MongoServerError } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testStore } from '../../support/testStore.js';
import { fuzzIndexes, RandomQueries } from './randomQueries.js';

type Doc = Record<string, unknown> & { _id: number };

const rounds = Number(process.env['FUZZ_ROUNDS'] ?? 4);
const against = process.env['FUZZ_AGAINST'];
const parallelArrays = against === undefined ? 'refused: 171' : 'refused';
/** Seeds that once found a fault. */
const pastFailures: readonly { seed: number; fault: string }[] = [
  { seed: 8, fault: 'an update that put one array into two indexed fields was taken, and its document could be deleted by halves' },
];

let client: MongoClient;
let other: MongoClient;

beforeAll(async () => {
  client = await new MongoClient(await testStore('fuzz')).connect();
  other = against === undefined ? client : await new MongoClient(against).connect();
});

afterAll(async () => {
  await client.close();
  if (other !== client) await other.close();
});

/** What an operation comes to: its answer in BSON's own terms, or that it is refused. */
async function outcomeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    return EJSON.stringify(await run(), { relaxed: false });
  } catch (error) {
    if (error instanceof MongoServerError) return against === undefined ? `refused: ${String(error.code)}` : 'refused';
    throw error;
  }
}

/** Documents without an order of their own, in one. */
function sorted(docs: readonly unknown[]): string[] {
  return docs.map((doc) => EJSON.stringify(doc, { relaxed: false })).sort();
}

async function runSeed(seed: number): Promise<void> {
  const make = new RandomQueries(seed);
  const db = client.db('fuzz');
  const [indexed, plain] = [db.collection<Doc>(`indexed${seed}`), other.db('fuzz').collection<Doc>(`plain${seed}`)];
  for (const twin of [indexed, plain]) await twin.drop();
  const docs = Array.from({ length: 60 }, (_, id) => make.document(id) as Doc);
  // Half of the indexes are built on documents, half are there before them.
  const create = (from: number, to: number): Promise<unknown> => Promise.all(fuzzIndexes.slice(from, to).map(({ key, ...options }) => indexed.createIndex(key, options)));
  await create(0, 5);
  const usable = docs.filter((doc) => !isParallel(doc));
  for (const twin of [indexed, plain]) await twin.insertMany(usable, { promoteValues: false });
  await create(5, fuzzIndexes.length);

  let refused = false;
  const compare = async (what: string, query: unknown, run: (twin: Collection<Doc>) => Promise<unknown>): Promise<void> => {
    const [ours, theirs] = [await outcomeOf(() => run(indexed)), await outcomeOf(() => run(plain))];
    refused = ours.startsWith('refused') || theirs.startsWith('refused');
    // An update that makes two arrays meet in one compound index is refused where the index is, and only there.
    if (ours === parallelArrays) return;
    expect(ours, `seed ${seed}, ${what} ${EJSON.stringify(query as object, { relaxed: false })}`).toBe(theirs);
  };
  for (let step = 0; step < 60; step += 1) {
    const filter = make.filter();
    await compare('find', filter, async (twin) => sorted(await twin.find(filter, { promoteValues: false }).toArray()));
    const sort = make.sort();
    const limit = 1 + make.random.below(20);
    await compare('sorted find', { filter, sort, limit }, async (twin) => (await twin.find(filter, { promoteValues: false }).sort(sort).limit(limit).toArray()).map(({ _id }) => _id));
    const pipeline = make.pipeline();
    await compare('aggregate', { pipeline }, async (twin) => sorted(await twin.aggregate(pipeline, { promoteValues: false }).toArray()));
    if (step % 3 !== 0) continue;
    const update = make.update();
    const before = await plain.find({}, { promoteValues: false, sort: { _id: 1 } }).toArray();
    const one = make.random.chance(0.3);
    await compare('update', { filter, update, one }, async (twin) => {
      const { matchedCount, modifiedCount } = one ? await twin.updateOne({ _id: step, ...filter }, update) : await twin.updateMany(filter, update, { upsert: false });
      return { matchedCount, modifiedCount };
    });
    // A refused update has changed the documents before the one it was refused for, in whatever order they were found.
    if (refused) for (const twin of [indexed, plain]) await refill(twin, before);
    await compare('documents after update', { filter, update }, (twin) => twin.find({}, { promoteValues: false, sort: { _id: 1 } }).toArray());
  }
  for (const twin of [indexed, plain]) await twin.drop();
}

async function refill(twin: Collection<Doc>, docs: readonly Doc[]): Promise<void> {
  await twin.deleteMany({});
  await twin.insertMany(docs);
}

/** Two arrays under one compound index are refused with the index and taken without; such documents tell nothing here. */
function isParallel(doc: Doc): boolean {
  const array = (value: unknown): boolean => Array.isArray(value);
  const nested = doc['n'] as Record<string, unknown> | null | undefined;
  return [doc['a'], doc['b'], doc['c'], doc['d'], doc['l']].filter(array).length > 1 || (array(nested?.['x']) && array(nested?.['y']));
}

describe('an indexed answer is the full scan’s', () => {
  const first = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 1e9));
  for (let round = 0; round < rounds; round += 1) {
    it(`seed ${first + round}`, () => runSeed(first + round));
  }
  for (const { seed, fault } of pastFailures) it(`seed ${seed} once found: ${fault}`, () => runSeed(seed));
});
