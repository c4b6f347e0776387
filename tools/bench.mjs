/**
 * `npm run bench -- NAME [arguments]`: builds, then runs `test/bench/NAME.ts` with the arguments. Its result, one JSON line,
 * is all that stdout carries.
 */
import { existsSync, readdirSync } from 'node:fs';
import { inHouse } from './setup/house.mjs';
import { PlainError, runTool } from './setup/tool.mjs';
import { runTestProgram } from './setup/testProgram.mjs';

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
  return runTestProgram(`bench/${name}`, args);
});
