import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, endianness, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from '../setup/child.mjs';
import { findProgram } from '../setup/systemPackages.mjs';
import { findCompiler, ownFlags } from './toolchain.mjs';
import { listWorkerSources, planUnits } from './unitPlan.mjs';

const nativeFolder = fileURLToPath(new URL('./native', import.meta.url));
const unitCount = 12;

/** A merged unit takes up to this much memory to compile; fewer run at once on a small machine. */
const bytesPerCompiler = 1024 ** 3;

/**
 * The one expression of the worker's source that is mended in the copy that is compiled. The flag is or-ed with others
 * for control calls; compared with `==`, an OpenSSL that has kernel TLS built in (Debian's has) is told that kernel TLS
 * is on, allocates no write buffer, and the worker dies on the first DTLS ClientHello.
 */
const mend = {
  source: 'src/RTC/DtlsTransport.cpp',
  wrong: '(operationType == BIO_CB_RETURN)',
  right: '((operationType & BIO_CB_RETURN) != 0)',
};

/**
 * Builds the worker from the C++ source that the mediasoup package ships, with the system's libraries. Only `buildFolder`
 * is written to.
 *
 * @param {string} workerFolder The `worker` folder of the mediasoup package.
 * @param {string} buildFolder An existing, empty folder.
 * @param {(done: number, total: number) => void} onStep Called after each of the build's steps.
 * @returns {Promise<string>} Absolute path of the program, inside `buildFolder`.
 * @throws Error with the compiler's first complaint.
 */
export async function buildFromSource(workerFolder, buildFolder, onStep) {
  const compiler = findCompiler();
  if (!compiler) throw new Error('No C++ compiler was found.');
  const units = planUnits(workerFolder, listWorkerSources(workerFolder), unitCount);
  const total = units.length + 2;
  let done = 0;
  const step = () => onStep((done += 1), total);

  await generateHeaders(workerFolder, path.join(buildFolder, 'include', 'FBS'));
  step();
  const objects = await inParallel(units, async (unit) => {
    const file = path.join(buildFolder, unit.name);
    writeFileSync(file, unitText(workerFolder, buildFolder, unit.sources));
    await compileUnit(compiler, workerFolder, buildFolder, file);
    step();
    return `${file}.o`;
  });
  const program = path.join(buildFolder, 'mediasoup-worker');
  const libraries = ['-luv', '-lssl', '-lcrypto', '-lsrtp2', '-lpthread', '-ldl'];
  await mustRun(compiler, ['-o', program, ...objects, ...ownFlags().link, ...libraries]);
  step();
  return program;
}

/**
 * @param {string} workerFolder
 * @param {string} folder Where the headers go; they are included as `FBS/<name>.h`.
 */
async function generateHeaders(workerFolder, folder) {
  mkdirSync(folder, { recursive: true });
  const schemaFolder = path.join(workerFolder, 'fbs');
  const schemas = readdirSync(schemaFolder).filter((name) => name.endsWith('.fbs'));
  const style = ['--cpp', '--cpp-field-case-style', 'lower', '--reflect-names', '--scoped-enums', '--filename-suffix', ''];
  await mustRun('flatc', [...style, '-o', folder, ...schemas.map((name) => path.join(schemaFolder, name))]);
}

/**
 * @param {string} workerFolder
 * @param {string} buildFolder
 * @param {string[]} sources
 * @returns {string} A source that includes the others; each of them defines its own `MS_CLASS`.
 */
function unitText(workerFolder, buildFolder, sources) {
  const files = sources.map((source) =>
    source === mend.source ? mendedCopy(workerFolder, buildFolder) : path.join(workerFolder, source),
  );
  return files.map((file) => `#undef MS_CLASS\n#include ${JSON.stringify(file)}\n`).join('');
}

/**
 * @param {string} workerFolder
 * @param {string} buildFolder
 * @returns {string}
 */
function mendedCopy(workerFolder, buildFolder) {
  const text = readFileSync(path.join(workerFolder, mend.source), 'utf8');
  if (text.split(mend.wrong).length !== 2) {
    throw new Error(`${mend.source} of this mediasoup version does not read as expected; the mend for it must be looked at.`);
  }
  const copy = path.join(buildFolder, path.basename(mend.source));
  writeFileSync(copy, text.replace(mend.wrong, mend.right));
  return copy;
}

/**
 * @param {string} compiler
 * @param {string} workerFolder
 * @param {string} buildFolder
 * @param {string} file
 */
async function compileUnit(compiler, workerFolder, buildFolder, file) {
  const defines = ['NDEBUG', 'MS_USE_BUILTIN_BWE', 'MS_EXECUTABLE', 'FLATBUFFERS_LOCALE_INDEPENDENT=1'];
  defines.push(endianness() === 'LE' ? 'MS_LITTLE_ENDIAN' : 'MS_BIG_ENDIAN');
  const includes = [nativeFolder, path.join(buildFolder, 'include'), path.join(workerFolder, 'include')];
  await mustRun(compiler, [
    '-std=c++20',
    '-O2',
    '-w',
    '-pipe',
    ...defines.map((define) => `-D${define}`),
    ...includes.map((folder) => `-I${folder}`),
    ...ownFlags().compile,
    '-c',
    file,
    '-o',
    `${file}.o`,
  ]);
}

/**
 * @template T, R
 * @param {T[]} items
 * @param {(item: T) => Promise<R>} work
 * @returns {Promise<R[]>} In the order of the items. After a failure nothing new is begun.
 */
async function inParallel(items, work) {
  const lanes = Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / bytesPerCompiler)));
  /** @type {R[]} */
  const results = [];
  let next = 0;
  let hasFailed = false;
  const lane = async () => {
    while (next < items.length && !hasFailed) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(/** @type {T} */ (items[index]));
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
  return results;
}

/**
 * Runs one step of the build with low priority, so that a server that is already up stays quick.
 *
 * @param {string} program
 * @param {string[]} args
 */
async function mustRun(program, args) {
  const nice = findProgram('nice');
  const [command, ...rest] = nice ? [nice, '-n', '10', program, ...args] : [program, ...args];
  const result = await runChild(command, rest, { output: 'capture', group: true });
  if (result.code === 0) return;
  const lines = result.output.split('\n');
  const complaint = lines.find((line) => /\berror\b/i.test(line)) ?? lines.find((line) => line !== '') ?? '';
  throw new Error(`${path.basename(program)} ended with code ${result.code}: ${complaint.trim()}`);
}
