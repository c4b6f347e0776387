/** The document store of a test file: a real MongoDB where `MONGODB_URI` names one, else an embedded store of the file's own. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { openDocumentStore } from '../../server/embedded/documentStore/documentStore.js';

let opening: Promise<{ uri: string; close(): Promise<void> }> | null = null;

async function openOwn(): Promise<{ uri: string; close(): Promise<void> }> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'guildhall-store-'));
  const store = await openDocumentStore({ dataDir });
  return {
    uri: store.uri,
    async close() {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

afterAll(async () => {
  const store = await opening;
  opening = null;
  await store?.close();
});

/** The URI of a database of that name. */
export async function testStore(database: string): Promise<string> {
  const base = process.env['MONGODB_URI'] ?? (await (opening ??= openOwn())).uri;
  const uri = new URL(base);
  uri.pathname = `/${database}`;
  return uri.href;
}
