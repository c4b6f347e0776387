/**
 * `npm test [-- vitest's arguments]`: gets everything the tests need, runs them, and ends with the line
 * `N passed, N failed`. Nothing is skipped for want of a program: what cannot be had fails the run and says how to get it.
 */
import { provisionMediaWorker } from './mediaWorker/provisionMediaWorker.mjs';
import { PlainError, runTool, say } from './setup/tool.mjs';
import { ensureTestPrograms } from './setup/testPrograms.mjs';
import { runVitest } from './setup/vitestRun.mjs';
import { setUp } from './setup.mjs';

runTool(async () => {
  await setUp();
  await ensureTestPrograms();
  const worker = await provisionMediaWorker({
    installSystemPackages: true,
    onProgress: (progress) => say(progress.text),
  });
  if (worker.state === 'unavailable') throw new PlainError(worker.reason);
  process.env.MEDIASOUP_WORKER_BIN = worker.bin;
  const tally = await runVitest(process.argv.slice(2));
  if (tally.skipped > 0) process.stdout.write(`${tally.skipped} skipped\n`);
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`);
  return tally.code;
});
