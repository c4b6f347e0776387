/** Before the tests: gets hold of a media worker and names it to every test process as `MEDIASOUP_WORKER_BIN`. */
import { provisionMediaWorker } from '../../tools/mediaWorker/provisionMediaWorker.mjs';
import { say } from '../../tools/setup/tool.mjs';

/**
 * @throws Error - when no worker can be had: a test that needs one fails rather than pass without having run.
 */
export async function setup(): Promise<void> {
  const outcome = await provisionMediaWorker({ onProgress: (progress) => say(progress.text) });
  if (outcome.state === 'unavailable') throw new Error(outcome.reason);
  process.env.MEDIASOUP_WORKER_BIN = outcome.bin;
}
