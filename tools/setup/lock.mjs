import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cacheFolder } from './house.mjs';

const heartbeatMs = 2_000;
const pollMs = 200;

/**
 * A holder that has not touched its lock for this long is taken for dead even if some process has its pid: after a
 * container restarts, pids start again from the same small numbers.
 */
const silentMs = 30_000;

/**
 * Does some work while no other process of this checkout does work of the same name. A lock whose holder died is taken
 * over.
 *
 * @template T
 * @param {string} name Names the lock; a file name.
 * @param {() => Promise<T>} work
 * @param {() => void} [whileWaiting] Called a few times per second while another process holds the lock.
 * @returns {Promise<T>}
 */
export async function withLock(name, work, whileWaiting = () => {}) {
  const file = path.join(cacheFolder, 'locks', `${name}.lock`);
  const token = randomUUID();
  while (!tryTake(file, token)) {
    whileWaiting();
    await wait(pollMs);
  }
  const heartbeat = setInterval(() => touch(file), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (readLock(file)?.token === token) rmSync(file, { force: true });
  }
}

/**
 * @param {string} file
 * @param {string} token
 * @returns {boolean}
 */
function tryTake(file, token) {
  mkdirSync(path.dirname(file), { recursive: true });
  removeIfDead(file, token);
  const draft = `${file}.${token}`;
  writeFileSync(draft, JSON.stringify({ token, pid: process.pid, host: hostname() }));
  try {
    // A link appears whole or not at all, and fails when the name is taken: nobody reads a half-written lock.
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * @param {string} file
 * @param {string} token
 */
function removeIfDead(file, token) {
  const seen = readLock(file);
  if (!seen || !isDead(file, seen)) return;
  // Two waiters may judge the same lock dead, and the slower one would remove the quicker one's fresh lock: so it is
  // moved aside first, looked at again, and put back when it is not the one that was judged.
  const aside = `${file}.${token}.dead`;
  try {
    renameSync(file, aside);
    if (readLock(aside)?.token !== seen.token) linkSync(aside, file);
  } catch (error) {
    if (!isCode(error, 'ENOENT') && !isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * @param {string} file
 * @param {{ pid: number, host: string }} lock
 * @returns {boolean}
 */
function isDead(file, lock) {
  const touchedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (touchedAt === undefined) return false;
  if (Date.now() - touchedAt > silentMs) return true;
  if (lock.host !== hostname()) return false;
  try {
    process.kill(lock.pid, 0);
    return false;
  } catch (error) {
    return isCode(error, 'ESRCH');
  }
}

/**
 * @param {string} file
 * @returns {{ token: string, pid: number, host: string } | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** @param {string} file */
function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 * @returns {boolean}
 */
function isCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
