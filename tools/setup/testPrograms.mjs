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
 * What spares the machine something where it can be had: Chromium's shell shows a page for less than Chromium does, which
 * does all the same where there is no shell.
 *
 * @type {typeof needs}
 */
const wishes = [{ package: 'chromium-headless-shell', program: 'chromium-headless-shell' }];

/**
 * Sees to it that the programs the tests need are here: installs them on Debian as root, and refuses elsewhere.
 *
 * @returns {Promise<void>}
 * @throws PlainError with the exact command that installs what is missing.
 */
export async function ensureTestPrograms() {
  const missing = missingOf(needs);
  const wished = canInstallPackages() ? missingOf(wishes) : [];
  if (missing.length === 0 && wished.length === 0) return;
  const advice = `The tests need ${missing.join(' and ')}. Install what is missing and start again; on Debian or Ubuntu: ${aptCommand(missing)}`;
  if (!canInstallPackages()) throw new PlainError(advice);
  let outcome = await installPackages([...missing, ...wished]);
  // A wish that is unknown here keeps nothing else from coming.
  if (!outcome.ok && missing.length > 0 && wished.length > 0) outcome = await installPackages(missing);
  if (missingOf(needs).length > 0) throw new PlainError(`${advice}${outcome.ok ? '' : `\n${outcome.reason}`}`);
}

/**
 * @param {typeof needs} programs
 * @returns {string[]} The packages of those that are not here.
 */
function missingOf(programs) {
  return programs.filter((each) => findProgram(each.program) === undefined).map((each) => each.package);
}
