/**
 * A store that is killed with -9 in the middle of writes, again and again. `CRASH_KILLS=50` makes the full run of it.
 */
import { type Collection, MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { type StoreProcess, startStoreProcess, testFolder } from './storeProcess.js';
import { Random } from './randomQueries.js';

interface Entry { _id: number; room: string; seq: number; tags: string[]; version: number }

/** What is known of one document: the last state that was acknowledged, and the one that was asked for and not answered. */
interface Known { readonly acknowledged: number | undefined; readonly asked: number | undefined }

/** Version of a deleted document. */
const gone = -1;
const writers = 8;
const kills = Number(process.env['CRASH_KILLS'] ?? 4);

/** Writes until the store is gone; each writer has documents of its own, so that what it knows of them is the truth. */
async function write(entries: Collection<Entry>, journal: Map<number, Known>, writer: number, random: Random, count: { acknowledged: number }): Promise<void> {
  for (let step = 0; ; step += 1) {
    const id = writer * 1_000_000 + random.below(60);
    const known = journal.get(id)?.acknowledged;
    const version = known === undefined || known === gone ? step + 1 : random.chance(0.25) ? gone : step + 1;
    journal.set(id, { acknowledged: known, asked: version });
    try {
      if (known === undefined || known === gone) await entries.insertOne(entryOf(id, version));
      else if (version === gone) await entries.deleteOne({ _id: id });
      else await entries.updateOne({ _id: id }, { $set: { version, tags: entryOf(id, version).tags } });
    } catch {
      return;
    }
    journal.set(id, { acknowledged: version, asked: undefined });
    count.acknowledged += 1;
  }
}

function entryOf(id: number, version: number): Entry {
  return { _id: id, room: `room-${id % 5}`, seq: id, tags: [`t${version % 3}`, `t${(version + 1) % 4}`], version };
}

async function check(entries: Collection<Entry>, journal: Map<number, Known>): Promise<void> {
  const found = new Map((await entries.find({}).hint({ $natural: 1 }).toArray()).map((entry) => [entry._id, entry]));
  for (const [id, { acknowledged, asked }] of journal) {
    const entry = found.get(id);
    const version = entry?.version ?? gone;
    // A write that was not answered may have been done or not, but never by halves.
    const allowed = [acknowledged ?? gone, ...(asked === undefined ? [] : [asked])];
    expect(allowed, `document ${id}`).toContain(version);
    if (entry !== undefined) expect(entry).toEqual(entryOf(id, version));
    journal.set(id, { acknowledged: version, asked: undefined });
  }
  expect(await entries.db.command({ validate: 'entries' })).toMatchObject({ valid: true, errors: [] });
}

/** Connects without waiting for a server that has been killed. */
async function connect(store: StoreProcess): Promise<MongoClient> {
  return new MongoClient(store.uri, { serverSelectionTimeoutMS: 20_000, retryWrites: false, socketTimeoutMS: 20_000 }).connect();
}

describe('a store killed with -9', () => {
  it(`has every acknowledged write and whole indexes after each of ${kills} kills`, { timeout: 30_000 + kills * 10_000 }, async () => {
    const folder = await testFolder();
    const seed = Math.floor(Math.random() * 1e9);
    const random = new Random(seed);
    const journal = new Map<number, Known>();
    const count = { acknowledged: 0 };
    for (let kill = 0; kill < kills; kill += 1) {
      const store = await startStoreProcess(folder);
      const client = await connect(store);
      const entries = client.db('crash').collection<Entry>('entries');
      await entries.createIndexes([{ key: { room: 1, seq: 1 }, unique: true }, { key: { tags: 1 } }, { key: { version: -1 }, partialFilterExpression: { version: { $gt: 3 } } }]);
      await check(entries, journal);
      const until = count.acknowledged + 20 + random.below(150);
      const writing = Array.from({ length: writers }, (_, writer) => write(entries, journal, writer, new Random(seed + kill * 100 + writer), count));
      while (count.acknowledged < until) await entries.findOne({ _id: -1 });
      await store.end('SIGKILL');
      await Promise.all([...writing, client.close()]);
    }
    const store = await startStoreProcess(folder);
    const client = await connect(store);
    await check(client.db('crash').collection<Entry>('entries'), journal);
    await client.close();
    expect(count.acknowledged, `seed ${seed}`).toBeGreaterThan(kills * 20);
  });
});
