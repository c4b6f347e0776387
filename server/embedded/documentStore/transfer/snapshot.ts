import { existsSync, realpathSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { open } from 'lmdb';
import { marks, readCollectionEntry, readTotals } from '../storage/catalogEntries.js';
import { above, prefixOf } from '../storage/index.js';
import { viewIndex } from '../storage/indexDefinition.js';
import { decodeDoc, type Doc } from '../values/bson.js';

/** A collection as a snapshot shows it. */
export interface SnapshotCollection {
  readonly db: string;
  readonly name: string;
  readonly count: number;
  /** As listIndexes shows them, without the one on `_id`. */
  readonly indexes: readonly Doc[];
  /** The documents' BSON, in the order they were inserted. */
  documents(): Iterable<Uint8Array>;
}

/** A data folder as it was at one instant. */
export interface Snapshot {
  readonly collections: readonly SnapshotCollection[];
  close(): Promise<void>;
}

/** The file LMDB keeps everything in. */
export const dataFile = 'data.mdb';

function openReadOnly(dataDir: string): ReturnType<typeof open<Buffer, Buffer>> {
  if (!existsSync(path.join(dataDir, dataFile))) throw new Error(`there is no document store in ${dataDir}`);
  return open<Buffer, Buffer>({ path: realpathSync(dataDir), noSubdir: false, readOnly: true, encoding: 'binary', keyEncoding: 'binary', maxDbs: 8 });
}

/**
 * Reads a data folder without claiming it: a store may be running on it, and goes on.
 * @throws an Error when there is no store in the folder
 */
export function openSnapshot(dataDir: string): Snapshot {
  const env = openReadOnly(dataDir);
  const table = (name: string) => env.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
  const [catalog, documents] = [table('catalog'), table('documents')];
  const transaction = catalog.useReadTransaction();
  const start = Buffer.from(marks.collection);
  const entries = [...catalog.getRange({ start, end: Buffer.concat([start, above]), transaction })].map(({ value }) => readCollectionEntry(decodeDoc(value)));
  return {
    collections: entries.map(({ id, db, name, indexes }) => {
      const totals = catalog.get(Buffer.concat([Buffer.from(marks.totals), prefixOf(id)]), { transaction });
      return {
        db, name, count: totals === undefined ? 0 : readTotals(decodeDoc(totals)).count,
        indexes: indexes.filter((index) => index.ready && index.name !== '_id_').map(viewIndex),
        documents: () => documents.getRange({ start: prefixOf(id), end: Buffer.concat([prefixOf(id), above]), transaction }).map(({ value }) => value),
      };
    }),
    async close() {
      transaction.done();
      await env.close();
    },
  };
}

/**
 * Copies a data folder as it is at one instant, while a store may be running on it.
 * @throws an Error when the target folder holds anything
 */
export async function backUp(dataDir: string, target: string): Promise<void> {
  const env = openReadOnly(dataDir);
  try {
    await mkdir(target, { recursive: true });
    if ((await readdir(target)).length > 0) throw new Error(`${target} is not empty; a backup goes into an empty folder`);
    await env.backup(realpathSync(target), false);
  } finally {
    await env.close();
  }
}
