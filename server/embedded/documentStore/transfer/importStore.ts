import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { EJSON } from 'bson';
import mongoose from 'mongoose';
import { isDoc, type Doc } from '../values/bson.js';
import { filesOf, reportEvery, type Progress } from './exportStore.js';

type Client = mongoose.mongo.MongoClient;
interface Description { readonly db: string; readonly collection: string; readonly indexes: readonly Doc[] }

const documentsPerInsert = 1000;
const charactersPerInsert = 16_000_000;

/**
 * Reads an export into whatever stands at a URI, a real MongoDB or this store; indexes are made when the documents are there.
 * @param db the database everything goes to; each collection's own unless told
 * @throws an Error when a collection of an exported name is not empty there
 */
export async function importStore(folder: string, uri: string, db: string | undefined, progress: Progress): Promise<void> {
  const client = await new mongoose.mongo.MongoClient(uri).connect();
  try {
    const descriptions = await readDescriptions(folder);
    for (const { db: own, collection } of descriptions) {
      if ((await client.db(db ?? own).collection(collection).estimatedDocumentCount()) > 0) throw new Error(`${db ?? own}.${collection} is not empty; nothing was imported`);
    }
    for (const description of descriptions) await importCollection(client, folder, db ?? description.db, description, progress);
  } finally {
    await client.close();
  }
}

async function readDescriptions(folder: string): Promise<Description[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.indexes.json')).sort();
  if (names.length === 0) throw new Error(`there is no export in ${folder}`);
  return Promise.all(names.map(async (name) => {
    const parsed = EJSON.parse(await readFile(path.join(folder, name), 'utf8'), { relaxed: false }) as Doc;
    const { db, collection, indexes } = parsed;
    if (typeof db !== 'string' || typeof collection !== 'string' || !Array.isArray(indexes)) throw new Error(`${name} does not describe a collection`);
    return { db, collection, indexes: indexes.filter(isDoc) };
  }));
}

async function importCollection(client: Client, folder: string, db: string, { db: own, collection, indexes }: Description, progress: Progress): Promise<void> {
  const target = client.db(db).collection(collection);
  let batch: object[] = [];
  let characters = 0;
  let done = 0;
  const flush = async (): Promise<void> => {
    // The driver would give a new _id to a document whose own is null, were it not told to leave that to the server.
    if (batch.length > 0) await target.insertMany(batch, { ordered: true, forceServerObjectId: true });
    done += batch.length;
    if (done % reportEvery === 0) progress(`${db}.${collection}`, done, done);
    batch = [];
    characters = 0;
  };
  for await (const line of createInterface({ input: createReadStream(filesOf(folder, own, collection).documents) })) {
    if (line === '') continue;
    batch.push(EJSON.parse(line, { relaxed: false }) as object);
    characters += line.length;
    if (batch.length >= documentsPerInsert || characters >= charactersPerInsert) await flush();
  }
  await flush();
  if (done === 0 && indexes.length === 0) await client.db(db).createCollection(collection).catch(() => undefined);
  for (const { key, v: _v, ...options } of indexes) await target.createIndex(key as unknown as Record<string, 1>, options);
  progress(`${db}.${collection}`, done, done);
}
