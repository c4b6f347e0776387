import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runChild } from './child.mjs';
import { fingerprint } from './fingerprint.mjs';
import { cacheFolder, inHouse } from './house.mjs';
import { PlainError, say } from './tool.mjs';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} inputs Files and folders that decide the result, relative to the checkout.
 * @property {string} output A file that is there when the part is built.
 * @property {string[]} command Arguments for Node.
 * @property {string[]} emitted Folders below `dist` whose every file comes from a source of the same path; what has lost
 *   its source is removed.
 */

const common = ['package-lock.json', 'tsconfig.json', 'shared'];

/** @type {readonly Part[]} */
const parts = [
  {
    name: 'server',
    inputs: [...common, 'server'],
    output: 'dist/server/main.js',
    command: ['node_modules/typescript/bin/tsc', '-p', 'server/tsconfig.json', '--noEmitOnError'],
    emitted: ['server', 'shared'],
  },
  {
    name: 'client',
    inputs: [...common, 'client'],
    output: 'dist/client/index.html',
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn'],
    emitted: [],
  },
];

/**
 * Builds the server and the web client into `dist`, each only when its sources changed since it was built.
 *
 * @param {Part['name'][]} [names] Which parts; all of them when absent.
 * @returns {Promise<void>}
 * @throws PlainError when a part does not build; the compiler's messages are on stderr then.
 */
export async function ensureBuilt(names = parts.map((part) => part.name)) {
  const outcomes = await Promise.allSettled(parts.filter((part) => names.includes(part.name)).map(buildPart));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}

/** @param {Part} part */
async function buildPart(part) {
  const stampFile = path.join(cacheFolder, 'built', part.name);
  const wanted = fingerprint(part.inputs);
  if (existsSync(inHouse(part.output)) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  say(`Building the ${part.name}.`);
  const startedAt = performance.now();
  // Whoever builds, a test runner with its own NODE_ENV among them: what is built is what people get.
  const result = await runChild(process.execPath, part.command, { output: 'capture', env: { ...process.env, NODE_ENV: 'production' } });
  if (result.code !== 0) throw new PlainError(`${result.output.trimEnd()}\n\nThe ${part.name} could not be built; the reasons are above.`);
  for (const folder of part.emitted) removeOrphans(folder);
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, wanted);
  say(`The ${part.name} is built (${((performance.now() - startedAt) / 1000).toFixed(1)} s).`);
}

/**
 * Removes the emitted files whose source is gone, so that nothing runs that is no longer written anywhere.
 *
 * @param {string} folder Relative to the checkout and, alike, to `dist`.
 */
function removeOrphans(folder) {
  for (const name of readdirSync(inHouse('dist', folder), { recursive: true }).map(String)) {
    const source = /^(.*)\.js(\.map)?$/.exec(name)?.[1];
    if (source === undefined) continue;
    const isSourced = ['.ts', '.tsx'].some((ending) => existsSync(inHouse(folder, source + ending)));
    if (!isSourced) rmSync(inHouse('dist', folder, name));
  }
}
