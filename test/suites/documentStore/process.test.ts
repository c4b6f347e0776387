/** The store as a process: how it starts, ends, is restarted, and what a full disk does to it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDocumentStore } from '../../../server/embedded/documentStore/startDocumentStore.js';
import { startStoreProcess, testFolder } from './storeProcess.js';

async function connect(uri: string): Promise<MongoClient> {
  const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 15_000 }).connect();
  onTestFinished(() => client.close());
  return client;
}

async function pidOf(client: MongoClient): Promise<number> {
  return Number((await client.db('admin').command({ serverStatus: 1 }))['pid']);
}

describe('one folder, one store', () => {
  it('refuses a second process on the folder while the first lives, and not after', async () => {
    const folder = await testFolder();
    const first = await startStoreProcess(folder);
    await expect(startStoreProcess(folder)).rejects.toThrow(/already open in process/);
    await first.end('SIGKILL');
    const second = await startStoreProcess(folder);
    expect(second.uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\//);
  });
});

describe('a store started by another process', () => {
  it('is restarted on its port after a crash, with its data, and the driver finds it again', async () => {
    const store = await startDocumentStore({ dataDir: await testFolder() });
    onTestFinished(() => store.close());
    const client = await connect(store.uri);
    const notes = client.db('life').collection<{ _id: string }>('notes');
    await notes.insertOne({ _id: 'before' });
    const pid = await pidOf(client);
    process.kill(pid, 'SIGKILL');
    let found = null;
    while (found === null) found = await notes.findOne({ _id: 'before' }).catch(() => null);
    expect(await pidOf(client)).not.toBe(pid);
    await store.close();
    await store.close();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('ends when its parent is killed with -9', async () => {
    const folder = await testFolder();
    const starter = new URL('../../../dist/server/embedded/documentStore/startDocumentStore.js', import.meta.url).href;
    const script = `const { startDocumentStore } = await import(process.argv[1]); console.log((await startDocumentStore({ dataDir: process.argv[2] })).uri);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script, starter, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [uri] = (await once(createInterface(parent.stdout), 'line')) as [string];
    const client = await connect(uri);
    const pid = await pidOf(client);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    while (isAlive(pid)) await nextTurn();
    expect(isAlive(pid)).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a full disk', () => {
  it('fails the write by code, keeps serving reads, and loses nothing', async () => {
    const folder = await testFolder();
    // A file size limit (in blocks of 512 bytes) stands for the end of the disk.
    const store = await startStoreProcess(folder, { prefix: 'ulimit -f 4096' });
    const client = await connect(store.uri);
    const things = client.db('full').collection<{ _id: number; pad: string }>('things');
    let stored = 0;
    let failure: unknown;
    while (failure === undefined) {
      await things.insertOne({ _id: stored, pad: 'x'.repeat(8000) }).then(() => (stored += 1), (error: unknown) => (failure = error));
    }
    expect(failure).toMatchObject({ code: 14031, codeName: 'OutOfDiskSpace' });
    expect(stored).toBeGreaterThan(50);
    expect(await things.countDocuments({})).toBe(stored);
    await expect(things.insertOne({ _id: stored, pad: 'x'.repeat(8000) })).rejects.toMatchObject({ code: 14031 });
    expect(await client.db('full').command({ validate: 'things' })).toMatchObject({ valid: true });
    await client.close();
    await store.end('SIGTERM');
    const roomy = await startStoreProcess(folder);
    const again = (await connect(roomy.uri)).db('full').collection<{ _id: number; pad: string }>('things');
    await again.insertOne({ _id: stored, pad: 'room again' });
    expect(await again.countDocuments({})).toBe(stored + 1);
  });
});

describe('the program', () => {
  it('serves a unix socket, takes over one that a killed store has left, and no other file', async () => {
    const folder = await testFolder();
    const socket = path.join(folder, 'store.sock');
    const first = await startStoreProcess(path.join(folder, 'data'), { socket });
    await (await connect(first.uri)).db('life').collection<{ _id: number }>('notes').insertOne({ _id: 1 });
    await first.end('SIGKILL');
    const second = await startStoreProcess(path.join(folder, 'data'), { socket });
    expect(second.uri).toBe(`mongodb://${encodeURIComponent(socket)}/?directConnection=true`);
    expect(await (await connect(second.uri)).db('life').collection('notes').countDocuments()).toBe(1);
    const file = path.join(folder, 'precious');
    await writeFile(file, 'kept');
    await expect(startStoreProcess(path.join(folder, 'other'), { socket: file })).rejects.toThrow(/EADDRINUSE/);
    expect(await readFile(file, 'utf8')).toBe('kept');
  });

  it('answers what is in work and exits 0 on SIGTERM', async () => {
    const store = await startStoreProcess(await testFolder());
    const client = await connect(store.uri);
    const insert = client.db('end').collection('things').insertMany(Array.from({ length: 500 }, (_, n) => ({ n })));
    await insert;
    const exit = once(store.child, 'exit');
    store.child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });

  it('says in one line what is wrong with its arguments', async () => {
    const program = path.join(import.meta.dirname, '../../../dist/server/embedded/documentStore/main.js');
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'ignore', 'pipe'] });
    const [line] = (await once(createInterface(child.stderr), 'line')) as [string];
    expect(line).toContain('which folder?');
    expect(await once(child, 'exit')).toEqual([1, null]);
  });
});
