import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, inHouse } from '../setup/house.mjs';
import { PlainError } from '../setup/tool.mjs';

const workerCacheFolder = path.join(cacheFolder, 'media-worker');
const buildFolder = path.join(workerCacheFolder, 'build');
const programName = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';

/**
 * Where the installed mediasoup package is.
 *
 * @returns {string} Absolute path.
 * @throws PlainError when the packages are not installed.
 */
export function mediasoupFolder() {
  try {
    const entry = createRequire(inHouse('package.json')).resolve('mediasoup');
    return path.resolve(path.dirname(entry), '../..');
  } catch {
    throw new PlainError('The packages are not installed yet. Run `npm start` or `npm ci` first.');
  }
}

/**
 * Where this checkout keeps the worker of exactly this mediasoup version, platform and way of building. A worker of
 * another version does not speak the same protocol to its Node side.
 *
 * @returns {string} Absolute path; nothing may be there yet.
 */
export function cachedWorkerPath() {
  const { version } = JSON.parse(readFileSync(path.join(mediasoupFolder(), 'package.json'), 'utf8'));
  const name = `mediasoup-${version}-${process.platform}-${process.arch}-${recipeHash()}`;
  return path.join(workerCacheFolder, name, programName);
}

/**
 * Puts a finished worker into the cache, whole or not at all.
 *
 * @param {string} program Absolute path of a program that has been checked.
 * @returns {string} Its path in the cache.
 */
export function storeWorker(program) {
  const target = cachedWorkerPath();
  mkdirSync(path.dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}.draft`;
  copyFileSync(program, draft);
  chmodSync(draft, 0o755);
  renameSync(draft, target);
  return target;
}

/**
 * Makes an empty folder to build in, and removes what an interrupted build left behind. Call it under the lock.
 *
 * @returns {string} Absolute path.
 */
export function freshBuildFolder() {
  removeBuildFolder();
  mkdirSync(buildFolder, { recursive: true });
  return buildFolder;
}

/** Removes the folder that was built in. Call it under the lock. */
export function removeBuildFolder() {
  rmSync(buildFolder, { recursive: true, force: true });
}

/** The file through which a set-up that waits learns how far the one that works has come. */
export const progressFile = path.join(workerCacheFolder, 'progress.json');

/**
 * A short hash of the files that decide what a build from source yields, so that mending one of them makes a new worker.
 *
 * @returns {string} Eight hexadecimal digits.
 */
function recipeHash() {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const headers = readdirSync(path.join(here, 'native'), { recursive: true })
    .map((name) => path.join('native', String(name)))
    .filter((name) => name.endsWith('.h'));
  const hash = createHash('sha256');
  for (const name of ['sourceBuild.mjs', 'unitPlan.mjs', ...headers.sort()]) hash.update(readFileSync(path.join(here, name)));
  return hash.digest('hex').slice(0, 8);
}
