import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from '../setup/lock.mjs';
import { aptCommand, canInstallPackages, installPackages } from '../setup/systemPackages.mjs';
import { exerciseWorker, isWorker } from './checkWorker.mjs';
import { fetchPrebuilt } from './prebuilt.mjs';
import { buildFromSource } from './sourceBuild.mjs';
import { missingPackages } from './toolchain.mjs';
import { cachedWorkerPath, freshBuildFolder, mediasoupFolder, progressFile, removeBuildFolder, storeWorker } from './workerCache.mjs';

/**
 * @typedef {object} Preparing
 * @property {'preparing'} state
 * @property {'fetch' | 'packages' | 'build' | 'check'} step
 * @property {number} done Parts of the whole that are done; never falls.
 * @property {number} total
 * @property {string} text One plain sentence.
 *
 * @typedef {{ state: 'ready', bin: string }} Ready `bin` is the absolute path of the worker.
 * @typedef {{ state: 'unavailable', reason: string }} Unavailable `reason` is one or two plain sentences.
 *
 * @typedef {object} ProvisionOptions
 * @property {boolean} [installSystemPackages] Installs what a build needs where that is allowed: Debian, as root.
 * @property {(progress: Preparing) => void} [onProgress]
 */

/**
 * Gets hold of a mediasoup worker for this machine: the one `MEDIASOUP_WORKER_BIN` names, the one in the cache, the
 * release page's, or one built from the package's own source, in this order. Of several callers at once one does the
 * work, and the others wait and hear the same progress.
 *
 * @param {ProvisionOptions} [options]
 * @returns {Promise<Ready | Unavailable>}
 */
export async function provisionMediaWorker({ installSystemPackages = false, onProgress = () => {} } = {}) {
  const given = process.env.MEDIASOUP_WORKER_BIN;
  if (given) {
    if (await isWorker(given)) return { state: 'ready', bin: path.resolve(given) };
    return { state: 'unavailable', reason: `MEDIASOUP_WORKER_BIN names ${given}, which is not a mediasoup worker that starts here.` };
  }
  const cached = await findCached();
  if (cached) return cached;
  let relayed = '';
  const relay = () => {
    const text = readProgress();
    if (text === '' || text === relayed) return;
    relayed = text;
    onProgress(JSON.parse(text));
  };
  return withLock(
    'media-worker',
    async () => (await findCached()) ?? (await makeWorker(installSystemPackages, onProgress)),
    relay,
  );
}

/** @returns {Promise<Ready | undefined>} */
async function findCached() {
  const bin = cachedWorkerPath();
  // A system upgrade may have taken away the libraries it was linked with: then it is made again.
  return (await isWorker(bin)) ? { state: 'ready', bin } : undefined;
}

/**
 * @param {boolean} installSystemPackages
 * @param {(progress: Preparing) => void} onProgress
 * @returns {Promise<Ready | Unavailable>}
 */
async function makeWorker(installSystemPackages, onProgress) {
  const folder = freshBuildFolder();
  // Fetching and the system packages count as one part each, before those of the build, and the check as one after.
  let shown = { done: 0, total: 17 };
  const tell = (/** @type {Preparing['step']} */ step, /** @type {string} */ text, counts = shown) => {
    shown = counts;
    /** @type {Preparing} */
    const progress = { state: 'preparing', step, ...counts, text };
    writeProgress(progress);
    onProgress(progress);
  };
  try {
    tell('fetch', 'Looking for a ready-made media worker.');
    const fetched = await fetchPrebuilt(mediasoupFolder(), folder);
    if (fetched) return await finish(fetched, tell);

    tell('packages', 'Looking for the libraries that the media worker needs.', { ...shown, done: 1 });
    const lack = await settlePackages(folder, installSystemPackages);
    if (lack) return { state: 'unavailable', reason: lack };

    tell('build', 'Building the media worker from source. This takes a minute or two.', { ...shown, done: 2 });
    const built = await buildFromSource(path.join(mediasoupFolder(), 'worker'), folder, (done, total) =>
      tell('build', `Building the media worker: ${done} of ${total} parts.`, { done: done + 2, total: total + 3 }),
    );
    return await finish(built, tell);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return { state: 'unavailable', reason: `The media worker could not be built: ${cause}` };
  } finally {
    removeBuildFolder();
    writeProgress(undefined);
  }
}

/**
 * @param {string} program
 * @param {(step: 'check', text: string, counts: { done: number, total: number }) => void} tell
 * @returns {Promise<Ready>}
 */
async function finish(program, tell) {
  tell('check', 'Trying the media worker.', { done: 16, total: 17 });
  await exerciseWorker(program);
  return { state: 'ready', bin: storeWorker(program) };
}

/**
 * @param {string} scratchFolder
 * @param {boolean} mayInstall
 * @returns {Promise<string | undefined>} Why the build cannot start; nothing when it can.
 */
async function settlePackages(scratchFolder, mayInstall) {
  const missing = await missingPackages(scratchFolder);
  if (missing.length === 0) return undefined;
  if (mayInstall && canInstallPackages()) {
    const outcome = await installPackages(missing);
    if (outcome.ok) return undefined;
    return `Live video needs system packages that could not be installed (${missing.join(' ')}): ${outcome.reason}`;
  }
  return (
    `Live video needs system packages to build mediasoup's worker. On Debian or Ubuntu run: ${aptCommand(missing)} ` +
    'and start again; elsewhere install what carries these names there, or set MEDIASOUP_WORKER_BIN to a worker of your own.'
  );
}

/** @returns {string} */
function readProgress() {
  try {
    return readFileSync(progressFile, 'utf8');
  } catch {
    return '';
  }
}

/** @param {Preparing | undefined} progress */
function writeProgress(progress) {
  writeFileSync(`${progressFile}.draft`, progress ? JSON.stringify(progress) : '');
  renameSync(`${progressFile}.draft`, progressFile);
}
