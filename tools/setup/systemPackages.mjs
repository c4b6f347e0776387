import { existsSync } from 'node:fs';
import path from 'node:path';
import { runChild } from './child.mjs';
import { say } from './tool.mjs';

/**
 * Finds a program on the PATH.
 *
 * @param {string} program
 * @returns {string | undefined} Its absolute path.
 */
export function findProgram(program) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const candidates = folders.flatMap((folder) => endings.map((ending) => path.join(folder, program + ending)));
  return candidates.find((candidate) => existsSync(candidate));
}

/**
 * Whether the tools may install system packages by themselves: on Debian and its kin, as root (a container, a CI
 * machine). Anywhere else it is the person's machine, and the person's decision.
 *
 * @returns {boolean}
 */
export function canInstallPackages() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && findProgram('apt-get') !== undefined;
}

/**
 * The exact command that installs these Debian packages, for a sentence to a person.
 *
 * @param {string[]} packages
 * @returns {string}
 */
export function aptCommand(packages) {
  return `sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`;
}

/**
 * Installs Debian packages. Call it only where `canInstallPackages()` says so.
 *
 * @param {string[]} packages
 * @returns {Promise<{ ok: true } | { ok: false, reason: string }>} The reason is the last line apt-get had to say.
 */
export async function installPackages(packages) {
  say(`Installing system packages: ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another apt-get may be at work (unattended upgrades, a second set-up): wait for it rather than fail.
  const patience = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  const update = await runChild('apt-get', [...patience, 'update'], { env, output: 'capture' });
  const install = await runChild('apt-get', [...patience, 'install', '-y', '--no-install-recommends', ...packages], {
    env,
    output: 'capture',
  });
  if (install.code === 0) return { ok: true };
  const lines = `${update.code === 0 ? '' : update.output}\n${install.output}`.trim().split('\n');
  return { ok: false, reason: lines.findLast((line) => line.startsWith('E:')) ?? lines.at(-1) ?? '' };
}
