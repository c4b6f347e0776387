import { PlainError } from './tool.mjs';
import { aptCommand, canInstallPackages, findProgram, installPackages } from './systemPackages.mjs';

/**
 * What the tests run besides Node, by its Debian package. The media worker's libraries are its own affair.
 *
 * @type {readonly { package: string, program: string }[]}
 */
const needs = [
  { package: 'redis-server', program: 'redis-server' },
  { package: 'chromium', program: 'chromium' },
  { package: 'coturn', program: 'turnserver' },
];

/**
 * Sees to it that the programs the tests need are here: installs them on Debian as root, and refuses elsewhere.
 *
 * @returns {Promise<void>}
 * @throws PlainError with the exact command that installs what is missing.
 */
export async function ensureTestPrograms() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const advice = `The tests need ${missing.join(' and ')}. Install what is missing and start again; on Debian or Ubuntu: ${aptCommand(missing)}`;
  if (!canInstallPackages()) throw new PlainError(advice);
  const outcome = await installPackages(missing);
  if (!outcome.ok || missingPackages().length > 0) throw new PlainError(`${advice}${outcome.ok ? '' : `\n${outcome.reason}`}`);
}

/** @returns {string[]} */
function missingPackages() {
  return needs.filter((need) => findProgram(need.program) === undefined).map((need) => need.package);
}
