import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { dataFile, openSnapshot } from './snapshot.js';

/**
 * Puts a backup in place as a data folder.
 * @throws an Error when the backup is none, or the data folder holds a store already
 */
export async function restore(backup: string, dataDir: string): Promise<void> {
  // Opening it proves that it is a whole store.
  await openSnapshot(backup).close();
  const target = path.join(dataDir, dataFile);
  if (existsSync(target)) throw new Error(`${dataDir} holds a store already; restore into a folder that does not`);
  await mkdir(dataDir, { recursive: true });
  const partial = `${target}.partial`;
  await copyFile(path.join(backup, dataFile), partial, constants.COPYFILE_FICLONE);
  // Only a whole copy gets the name a store is opened by.
  await rename(partial, target);
}
