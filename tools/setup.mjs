import { ensureBuilt } from './setup/build.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { withLock } from './setup/lock.mjs';
import { requireNode } from './setup/node.mjs';
import { say } from './setup/tool.mjs';

/**
 * Makes the checkout ready to run: packages from the lockfile, server and client built. What is up to date is left
 * alone, so that a second call takes a fraction of a second. Of two calls at once the second waits.
 *
 * @returns {Promise<void>}
 * @throws PlainError in one plain sentence: what is missing and how to get it.
 */
export async function setUp() {
  requireNode();
  let hasSaidSo = false;
  await withLock(
    'setup',
    async () => {
      await ensureInstalled();
      await ensureBuilt();
    },
    () => {
      if (!hasSaidSo) say('Another set-up of this checkout is at work; waiting for it.');
      hasSaidSo = true;
    },
  );
}
