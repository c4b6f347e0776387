import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { runChild } from './child.mjs';
import { fingerprint } from './fingerprint.mjs';
import { inHouse } from './house.mjs';
import { npmCommand } from './node.mjs';
import { PlainError, say, sayWhile } from './tool.mjs';

const lockfile = 'package-lock.json';
const stampFile = inHouse('node_modules', '.guildhall-install');
const unreachable = /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|network/;

/**
 * Installs the packages from the lockfile when node_modules is missing or belongs to another lockfile or another Node.
 * No install script runs (see .npmrc).
 *
 * @returns {Promise<void>}
 * @throws PlainError when npm is missing or fails.
 */
export async function ensureInstalled() {
  const wanted = stampText();
  if (readText(stampFile) === wanted) return;
  if (!agreesWithLockfile()) {
    say('Installing the packages; this takes about a minute the first time.');
    const [npm, ...args] = npmCommand();
    // A NODE_ENV of production would leave out what the build needs.
    const ci = [...args, 'ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const result = await sayWhile('Still installing.', runChild(npm, ci, { output: 'tee' }));
    if (result.code !== 0) throw new PlainError(failureText(result.output));
  }
  writeFileSync(stampFile, wanted);
}

/** @returns {string} What an installation belongs to. */
function stampText() {
  const major = process.versions.node.split('.')[0];
  return `${fingerprint([lockfile])} node-${major} ${process.platform}-${process.arch}\n`;
}

/**
 * Whether npm's own record of node_modules holds what the lockfile asks for, so that after `npm install` by hand, which
 * changes the lockfile and node_modules together, nothing is installed all over again.
 *
 * @returns {boolean}
 */
function agreesWithLockfile() {
  const record = readText(inHouse('node_modules', '.package-lock.json'));
  // A stamp without a match means another Node or another system: then the binaries may be the wrong ones.
  const stamp = readText(stampFile);
  if (record === undefined || (stamp !== undefined && stamp.split(' ').slice(1).join() !== stampText().split(' ').slice(1).join())) return false;
  const installed = JSON.parse(record).packages;
  const asked = JSON.parse(readFileSync(inHouse(lockfile), 'utf8')).packages;
  return Object.entries(asked).every(([place, entry]) => {
    if (place === '') return true;
    const found = installed[place];
    if (!found) return Boolean(entry.optional ?? entry.devOptional ?? entry.peer);
    return found.version === entry.version && existsSync(inHouse(place));
  });
}

/**
 * @param {string} output What npm said.
 * @returns {string}
 */
function failureText(output) {
  if (unreachable.test(output)) {
    return 'The packages could not be installed because npm could not reach its registry. Check the network connection (or the registry and proxy in your npm configuration) and start again.';
  }
  return 'The packages could not be installed; what npm said is above.';
}

/**
 * @param {string} file
 * @returns {string | undefined}
 */
function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
