/** The way out and back: backup and restore, export and import. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { EJSON } from 'bson';
import { Decimal128, Double, Long, MongoClient } from 'mongodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DocumentStore, openDocumentStore } from '../../../server/embedded/documentStore/documentStore.js';
import { exportStore } from '../../../server/embedded/documentStore/transfer/exportStore.js';
import { importStore } from '../../../server/embedded/documentStore/transfer/importStore.js';
import { restore } from '../../../server/embedded/documentStore/transfer/restore.js';
import { backUp, openSnapshot } from '../../../server/embedded/documentStore/transfer/snapshot.js';
import { startStoreProcess, testFolder } from './storeProcess.js';

const program = path.join(import.meta.dirname, '../../../dist/server/embedded/documentStore/transfer/main.js');
const quiet = (): void => undefined;

async function connect(uri: string): Promise<MongoClient> {
  const client = await new MongoClient(uri).connect();
  onTestFinished(() => client.close());
  return client;
}

async function openFor(folder: string): Promise<{ store: DocumentStore; client: MongoClient }> {
  const store = await openDocumentStore({ dataDir: folder });
  onTestFinished(() => store.close());
  return { store, client: await connect(store.uri) };
}

async function contents(client: MongoClient): Promise<string> {
  const { databases } = await client.db('admin').admin().listDatabases();
  const all: unknown[] = [];
  for (const { name } of databases) {
    for (const { name: collection } of await client.db(name).listCollections().toArray()) {
      const documents = await client.db(name).collection(collection).find({}, { promoteValues: false }).sort({ _id: 1 }).toArray();
      all.push({ name, collection, documents, indexes: await client.db(name).collection(collection).listIndexes().toArray() });
    }
  }
  return EJSON.stringify(all, { relaxed: false });
}

describe('a backup', () => {
  it('taken while others write is the store of one instant, and restores into a new one', async () => {
    const [folder, copy, restored] = [await testFolder(), path.join(await testFolder(), 'copy'), path.join(await testFolder(), 'restored')];
    const store = await startStoreProcess(folder);
    const client = await connect(store.uri);
    const pairs = client.db('b').collection<{ _id: number; twin: number }>('pairs');
    await pairs.createIndex({ twin: 1 }, { unique: true });
    let written = 0;
    let going = true;
    const writing = (async () => {
      // Both of a pair are one command, and so one transaction.
      while (going) await pairs.insertMany([{ _id: written, twin: written }, { _id: -written - 1, twin: -written - 1 }]).then(() => (written += 1));
    })();
    while (written < 30) await pairs.findOne({});
    const before = written;
    await backUp(folder, copy);
    going = false;
    await writing;
    await expect(backUp(folder, copy)).rejects.toThrow(/not empty/);
    await restore(copy, restored);
    await expect(restore(copy, restored)).rejects.toThrow(/holds a store already/);
    const other = await openFor(restored);
    const found = await other.client.db('b').collection<{ _id: number }>('pairs').find().toArray();
    expect(found.length).toBeGreaterThanOrEqual(before * 2);
    expect(found.filter(({ _id }) => _id >= 0)).toHaveLength(found.length / 2);
    expect(await other.client.db('b').command({ validate: 'pairs' })).toMatchObject({ valid: true });
  });
});

describe('an export', () => {
  it('imported elsewhere is the same, to the types and indexes', async () => {
    const [folder, out] = [await testFolder(), path.join(await testFolder(), 'out')];
    const { client } = await openFor(folder);
    await client.db('one').collection('things').insertMany([
      { _id: 1 as never, double: new Double(2), long: Long.fromNumber(3), decimal: Decimal128.fromString('1.50'), date: new Date(5), text: 'line\nbreak', nothing: null, list: [{ a: [] }] }, { _id: 2 as never },
    ]);
    await client.db('one').command({ insert: 'things', documents: [{ _id: null }] });
    await client.db('one').collection('things').createIndexes([{ key: { a: 1, b: -1 }, unique: true, sparse: true }, { key: { date: 1 }, expireAfterSeconds: 5_000_000, partialFilterExpression: { a: { $gt: 1 } } }]);
    await client.db('two').createCollection('empty');
    const reported: string[] = [];
    const snapshot = openSnapshot(folder);
    await exportStore(snapshot, out, (namespace, done, of) => reported.push(`${namespace} ${done}/${of}`));
    await snapshot.close();
    expect((await readdir(out)).sort()).toEqual(['one.things.indexes.json', 'one.things.jsonl', 'two.empty.indexes.json', 'two.empty.jsonl']);
    expect((await readFile(path.join(out, 'one.things.jsonl'), 'utf8')).split('\n')).toHaveLength(4);
    expect(reported).toEqual(['one.things 3/3', 'two.empty 0/0']);
    const other = await openFor(await testFolder());
    await importStore(out, other.store.uri, undefined, quiet);
    expect(await contents(other.client)).toBe(await contents(client));
    await expect(importStore(out, other.store.uri, undefined, quiet)).rejects.toThrow(/one\.things is not empty; nothing was imported/);
    await importStore(out, other.store.uri, 'all', quiet);
    expect(await other.client.db('all').collection('things').countDocuments()).toBe(3);
  });

  it('of a folder without a store, or into one with files, is refused', async () => {
    const [empty, used] = [await testFolder(), await testFolder()];
    expect(() => openSnapshot(empty)).toThrow(/no document store/);
    await mkdir(path.join(used, 'x'));
    await writeFile(path.join(used, 'y'), '');
    const { store } = await openFor(await testFolder());
    await expect(importStore(used, store.uri, undefined, quiet)).rejects.toThrow(/no export/);
  });
});

describe('the program', () => {
  /** Runs it to its end; gives what it said. */
  async function run(...args: string[]): Promise<string[]> {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    const said: string[] = [];
    createInterface(child.stderr).on('line', (line) => said.push(line));
    const [code] = (await once(child, 'close')) as [number];
    return [...said, `exit ${code}`];
  }

  it('exports a store that runs and imports it elsewhere, and tells how far it is', async () => {
    const [folder, out, copy] = [await testFolder(), path.join(await testFolder(), 'out'), path.join(await testFolder(), 'copy')];
    const store = await startStoreProcess(folder);
    const things = (await connect(store.uri)).db('one').collection<{ _id: number; a: number }>('things');
    await things.createIndex({ a: 1 }, { unique: true });
    await things.insertMany(Array.from({ length: 150 }, (_, _id) => ({ _id, a: -_id })));
    expect(await run('export', out, '--data', folder)).toEqual(['one.things: 150 documents', 'export done', 'exit 0']);
    expect(await run('import', out, '--data', copy)).toEqual(['one.things: 150 documents', 'import done', 'exit 0']);
    const other = await openFor(copy);
    expect(await other.client.db('one').collection('things').countDocuments({ a: { $lte: 0 } })).toBe(150);
    expect((await run('export', out)).join('\n')).toMatch(/^backup FOLDER[^]*exit 1$/);
  });
});
