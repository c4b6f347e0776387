/** A fresh collection for each test, on the embedded store or on whatever `MONGODB_URI` names. */
import { type Collection, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll } from 'vitest';
import { testStore } from '../../support/testStore.js';

/** Whether the store under test is the embedded one: some tests are of its own inside. */
export const isEmbedded = process.env['MONGODB_URI'] === undefined;

/** Connects for a test file; the database is the file's own, and goes with it. */
export function suiteStore(database: string): { client: () => MongoClient; fresh: <T extends Document = Document>() => Collection<T> } {
  let client: MongoClient;
  let number = 0;
  beforeAll(async () => {
    client = await new MongoClient(await testStore(database)).connect();
    await client.db(database).dropDatabase();
  });
  afterAll(async () => {
    await client.db(database).dropDatabase();
    await client.close();
  });
  return {
    client: () => client,
    fresh: <T extends Document = Document>() => client.db(database).collection<T>(`c${(number += 1)}`),
  };
}
