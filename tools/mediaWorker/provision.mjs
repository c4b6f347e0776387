/**
 * Gets hold of the media worker and says how far it is: `node tools/mediaWorker/provision.mjs [--json]
 * [--install-system-packages]`. With `--json`, stdout carries one JSON object per line: any number of `preparing`, and
 * last `ready` or `unavailable` (the shapes are in provisionMediaWorker.mjs). Exit code 0 when ready, else 1.
 */
import { runTool, say } from '../setup/tool.mjs';
import { provisionMediaWorker } from './provisionMediaWorker.mjs';

const isJson = process.argv.includes('--json');
const print = (/** @type {object} */ line) => process.stdout.write(`${JSON.stringify(line)}\n`);

// Whoever asked may be gone before the build is done; the worker in the cache is still worth having.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

runTool(async () => {
  const outcome = await provisionMediaWorker({
    installSystemPackages: process.argv.includes('--install-system-packages'),
    onProgress: (progress) => (isJson ? print(progress) : say(progress.text)),
  });
  if (isJson) print(outcome);
  else say(outcome.state === 'ready' ? `The media worker is ready: ${outcome.bin}` : outcome.reason);
  return outcome.state === 'ready' ? 0 : 1;
});
