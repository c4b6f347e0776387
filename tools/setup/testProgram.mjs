import { runChild } from './child.mjs';
import { PlainError } from './tool.mjs';
import { setUp } from '../setup.mjs';

const config = 'test/tsconfig.bench.json';

/**
 * Builds the house and then a program of `test/` that vitest does not run (a bench, the pictures), and runs it.
 *
 * @param {string} name Its path under `test/`, without the ending.
 * @param {string[]} args
 * @returns {Promise<number>} Its exit code.
 * @throws PlainError when it does not build.
 */
export async function runTestProgram(name, args) {
  await setUp();
  const built = await runChild(process.execPath, ['node_modules/typescript/bin/tsc', '-p', config, '--noEmitOnError'], { output: 'capture' });
  if (built.code !== 0) throw new PlainError(`${built.output.trimEnd()}\n\nThe program could not be built; the reasons are above.`);
  const result = await runChild(process.execPath, ['--enable-source-maps', `.cache/bench/test/${name}.js`, ...args]);
  return result.code;
}
