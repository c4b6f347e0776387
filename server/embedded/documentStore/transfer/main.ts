import { parseArgs } from 'node:util';
import { openDocumentStore } from '../documentStore.js';
import { exportStore, type Progress } from './exportStore.js';
import { importStore } from './importStore.js';
import { restore } from './restore.js';
import { backUp, openSnapshot } from './snapshot.js';

const usage = `backup FOLDER --data STORE      a copy of a store, taken while it runs
restore FOLDER --data STORE     a backup into a new store
export FOLDER --data STORE      every collection as Extended JSON lines, with its indexes, taken while it runs
import FOLDER --data STORE      an export into a store that is not running
import FOLDER --uri URI [--db NAME]   an export into whatever stands at the URI, a real MongoDB or a running store`;

const say: Progress = (namespace, done, of) => {
  process.stderr.write(`${namespace}: ${done}${of > done ? ` of ${of}` : ''} documents\n`);
};

async function importInto(folder: string, data: string, db: string | undefined): Promise<void> {
  const store = await openDocumentStore({ dataDir: data });
  try {
    await importStore(folder, store.uri, db, say);
  } finally {
    await store.close();
  }
}

async function exportFrom(data: string, folder: string): Promise<void> {
  const snapshot = openSnapshot(data);
  try {
    await exportStore(snapshot, folder, say);
  } finally {
    await snapshot.close();
  }
}

/** Backup, restore, export and import as a program. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' }, uri: { type: 'string' }, db: { type: 'string' } } });
  const [action, folder] = positionals;
  const { data, uri, db } = values;
  if (folder === undefined || (data === undefined) === (uri === undefined) || (uri !== undefined && action !== 'import')) throw new Error(usage);
  if (action === 'import') await (uri === undefined ? importInto(folder, data ?? '', db) : importStore(folder, uri, db, say));
  else if (action === 'backup') await backUp(data ?? '', folder);
  else if (action === 'restore') await restore(folder, data ?? '');
  else if (action === 'export') {
    await exportFrom(data ?? '', folder);
  } else throw new Error(usage);
  process.stderr.write(`${action} done\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
