/** What the disk itself gives, to hold a store's figures against. */
import { open as openFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { open } from 'lmdb';

async function countFor(seconds: number, work: () => Promise<unknown>): Promise<number> {
  let done = 0;
  const start = performance.now();
  for (const end = start + seconds * 1000; performance.now() < end; done += 1) await work();
  return Math.round(done / ((performance.now() - start) / 1000));
}

/** Bare LMDB commits of one small key a second, one after the other, each durable, with the store's own settings. */
export async function countBareCommits(folder: string, seconds: number): Promise<number> {
  const bare = path.join(folder, 'bare');
  const env = open<Buffer, Buffer>({ path: bare, noSubdir: false, encoding: 'binary', keyEncoding: 'binary', overlappingSync: false, eventTurnBatching: false, pageSize: 4096 });
  const value = Buffer.alloc(300, 1);
  let number = 0;
  const perSecond = await countFor(seconds, () => env.childTransaction(() => {
    number += 1;
    void env.put(Buffer.from(String(number)), value);
  }));
  await env.close();
  await rm(bare, { recursive: true });
  return perSecond;
}

/** Writes of 8 KiB a second, each with its fdatasync. */
export async function countBareSyncs(folder: string, seconds: number): Promise<number> {
  const name = path.join(folder, 'syncs');
  const file = await openFile(name, 'w');
  const block = Buffer.alloc(8192, 1);
  let at = 0;
  const perSecond = await countFor(seconds, async () => {
    await file.write(block, 0, block.length, (at % 1000) * block.length);
    await file.datasync();
    at += 1;
  });
  await file.close();
  await rm(name);
  return perSecond;
}
