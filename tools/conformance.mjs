/** `npm run conformance -- FOLDER`: the document store against a folder of test files in MongoDB's unified test format. */
import path from 'node:path';
import { PlainError, runTool } from './setup/tool.mjs';
import { runVitest } from './setup/vitestRun.mjs';
import { setUp } from './setup.mjs';

runTool(async () => {
  const folder = process.argv[2];
  if (folder === undefined) throw new PlainError('Name the folder of test files: npm run conformance -- FOLDER.', 2);
  process.env.CONFORMANCE_DIR = path.resolve(folder);
  await setUp();
  const tally = await runVitest(['--project', 'server', 'test/conformance/crud.test.ts']);
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
  return tally.code;
});
