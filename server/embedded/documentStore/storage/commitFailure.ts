import { statfs } from 'node:fs/promises';
import { StoreFailure } from '../failures.js';

/** Bytes below which a disk counts as full. */
const leastRoom = 4 * 1024 * 1024;

/**
 * What a failed transaction tells its writers. lmdb keeps the cause of a failed commit in a promise beside the error. A write
 * that the disk took only in part is reported as an input/output error; with no room left in the folder, that is a full disk too.
 */
export async function describeCommitFailure(error: unknown, folder: string): Promise<unknown> {
  const beside = error instanceof Error && 'commitError' in error ? (error.commitError as Promise<never>) : undefined;
  const cause: unknown = beside === undefined ? error : await beside.catch((reason: unknown) => reason);
  const text = cause instanceof Error ? cause.message : String(cause);
  const full = /no space left|quota exceeded|map_full|file too large/i.test(text) || (/input\/output/i.test(text) && (await hasNoRoom(folder)));
  return full ? new StoreFailure('OutOfDiskSpace', `the disk is full, nothing was written: ${text}`) : cause;
}

async function hasNoRoom(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < leastRoom;
}
