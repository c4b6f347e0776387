import { createWriteStream } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EJSON } from 'bson';
import { decodeDoc, type Doc } from '../values/bson.js';
import type { Snapshot, SnapshotCollection } from './snapshot.js';

/** Tells how far a collection is; called every so often, and at its end. */
export type Progress = (namespace: string, done: number, of: number) => void;

/** Documents between two reports. */
export const reportEvery = 10_000;

/** The files of one collection: its documents, one canonical Extended JSON document a line, and its index definitions. */
export function filesOf(folder: string, db: string, name: string): { documents: string; indexes: string } {
  const base = path.join(folder, encodeURIComponent(`${db}.${name}`));
  return { documents: `${base}.jsonl`, indexes: `${base}.indexes.json` };
}

/**
 * Writes every collection of a snapshot into a folder; `mongoimport` reads the documents' files as they are.
 * @throws an Error when the folder holds anything
 */
export async function exportStore(snapshot: Snapshot, folder: string, progress: Progress): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty; an export goes into an empty folder`);
  for (const collection of snapshot.collections) {
    const files = filesOf(folder, collection.db, collection.name);
    await writeFile(files.indexes, `${writeLine({ db: collection.db, collection: collection.name, indexes: [...collection.indexes] })}\n`);
    await pipeline(Readable.from(lines(collection, progress)), createWriteStream(files.documents));
  }
}

function writeLine(doc: Doc): string {
  return EJSON.stringify(doc, { relaxed: false });
}

function* lines({ db, name, count, documents }: SnapshotCollection, progress: Progress): Generator<string> {
  let done = 0;
  for (const raw of documents()) {
    yield `${writeLine(decodeDoc(raw))}\n`;
    done += 1;
    if (done % reportEvery === 0) progress(`${db}.${name}`, done, count);
  }
  progress(`${db}.${name}`, done, count);
}
