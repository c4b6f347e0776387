/**
 * `npm run bench -- NAME [arguments]`: builds, then runs `test/bench/NAME.ts` with the arguments. Its result, one JSON line,
 * is all that stdout carries.
 */
import { existsSync, readdirSync } from 'node:fs';
import { runChild } from './setup/child.mjs';
import { inHouse } from './setup/house.mjs';
import { PlainError, runTool } from './setup/tool.mjs';
import { setUp } from './setup.mjs';

const config = 'test/tsconfig.bench.json';

/** @returns {string[]} The benches there are. */
function benchNames() {
  const files = existsSync(inHouse('test/bench')) ? readdirSync(inHouse('test/bench')) : [];
  return files.filter((name) => name.endsWith('.ts')).map((name) => name.slice(0, -'.ts'.length));
}

runTool(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || !benchNames().includes(name)) {
    throw new PlainError(`Name a bench: npm run bench -- NAME [arguments]. There are: ${benchNames().join(', ')}.`, 2);
  }
  await setUp();
  const built = await runChild(process.execPath, ['node_modules/typescript/bin/tsc', '-p', config, '--noEmitOnError'], {
    output: 'capture',
  });
  if (built.code !== 0) throw new PlainError(`${built.output.trimEnd()}\n\nThe benches could not be built; the reasons are above.`);
  const result = await runChild(process.execPath, ['--enable-source-maps', `.cache/bench/test/bench/${name}.js`, ...args]);
  return result.code;
});
