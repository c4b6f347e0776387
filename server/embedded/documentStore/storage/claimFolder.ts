import type { RootDatabase } from 'lmdb';
import { StoreFailure } from '../failures.js';

const claimed = new Set<string>();
const ownerKey = Buffer.from('owner');

/**
 * Claims a folder within this process, where LMDB's own bookkeeping cannot tell two openings apart.
 * @param folder its real path
 * @returns the release
 * @throws IllegalOperation (20) while it is claimed
 */
export function claimInProcess(folder: string): () => void {
  if (claimed.has(folder)) throw inUse(folder, process.pid);
  claimed.add(folder);
  return () => {
    claimed.delete(folder);
  };
}

/**
 * Claims an opened environment among processes. LMDB's reader table names every process that has it open and holds a lock for
 * each, so a dead owner (even one killed with -9) is never taken for a living one; its writer lock makes the claim atomic.
 * @throws IllegalOperation (20) when another living process owns it
 */
export function claimAmongProcesses(env: RootDatabase<Buffer, Buffer>, folder: string): void {
  // The read enters this process in the reader table.
  if (Number(env.get(ownerKey)?.toString() ?? 0) === process.pid) return;
  env.transactionSync(() => {
    env.readerCheck();
    const owner = Number(env.get(ownerKey)?.toString() ?? 0);
    if (livingProcesses(env.readerList()).includes(owner)) throw inUse(folder, owner);
    env.putSync(ownerKey, Buffer.from(String(process.pid)));
  });
}

/** The first column of LMDB's table of readers. */
function livingProcesses(table: string): number[] {
  return table.split('\n').map((line) => Number.parseInt(line.trim(), 10)).filter((pid) => pid > 0);
}

function inUse(folder: string, pid: number): StoreFailure {
  return new StoreFailure('IllegalOperation', `the document store in ${folder} is already open in process ${pid}; a folder serves one store at a time`);
}
