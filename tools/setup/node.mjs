import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inHouse } from './house.mjs';
import { PlainError } from './tool.mjs';
import { findProgram } from './systemPackages.mjs';

/**
 * Refuses a Node that is older than package.json asks for.
 *
 * @param {string} [version] The running one when absent, like `20.19.0`.
 * @throws PlainError that names both versions and where a newer one is to be had.
 */
export function requireNode(version = process.versions.node) {
  const { engines } = JSON.parse(readFileSync(inHouse('package.json'), 'utf8'));
  const wanted = String(engines.node).replace(/^>=/, '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new PlainError(
    `Guildhall needs Node ${wanted} or newer, and this is Node ${version}. Get the current LTS from https://nodejs.org or with your version manager.`,
  );
}

/**
 * How to call npm: the very npm that runs us, when one does; else the one beside Node or on the PATH.
 *
 * @returns {[command: string, ...args: string[]]}
 * @throws PlainError when there is none.
 */
export function npmCommand() {
  const beside = [
    process.env.npm_execpath ?? '',
    path.join(path.dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
    path.join(path.dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
  ].find((file) => path.basename(file) === 'npm-cli.js' && existsSync(file));
  if (beside) return [process.execPath, beside];
  const npm = findProgram('npm');
  if (npm) return [npm];
  throw new PlainError(
    'npm was not found. It comes with Node from https://nodejs.org; where your system packages it apart, install that package (on Debian or Ubuntu: sudo apt-get install -y npm).',
  );
}
