/** `npm run store -- --data FOLDER --port N`: the embedded document store as a process of its own. */
import { runChild } from './setup/child.mjs';
import { runTool } from './setup/tool.mjs';
import { setUp } from './setup.mjs';

runTool(async () => {
  await setUp();
  const program = 'dist/server/embedded/documentStore/main.js';
  const result = await runChild(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)]);
  return result.code;
});
