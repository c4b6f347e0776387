import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { runChild } from '../setup/child.mjs';

const timeLimitMs = 20_000;

/**
 * Has mediasoup's own postinstall fetch the prebuilt worker from its release page. The script works in the current
 * folder, so it is run in a scratch folder and node_modules stays as it is. Where the page cannot be reached it would go
 * on to build with tools from pip; a Python that always fails ends it there instead.
 *
 * @param {string} mediasoupFolder The installed mediasoup package.
 * @param {string} scratchFolder An existing folder.
 * @returns {Promise<string | undefined>} Absolute path of the program; nothing when there is none to be had.
 */
export async function fetchPrebuilt(mediasoupFolder, scratchFolder) {
  if (process.env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) return undefined;
  const folder = path.join(scratchFolder, 'prebuilt');
  mkdirSync(folder, { recursive: true });
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PYTHON: 'false' };
  for (const name of ['MEDIASOUP_WORKER_BIN', 'MEDIASOUP_LOCAL_DEV', 'npm_package_resolved']) delete env[name];
  const result = await runChild(process.execPath, [path.join(mediasoupFolder, 'npm-scripts.mjs'), 'postinstall'], {
    cwd: folder,
    env,
    output: 'capture',
    timeoutMs: timeLimitMs,
  });
  const names = ['mediasoup-worker', 'mediasoup-worker.exe'];
  const program = names.map((name) => path.join(folder, 'worker', 'out', 'Release', name)).find((file) => existsSync(file));
  return result.code === 0 ? program : undefined;
}
