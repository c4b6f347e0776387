import { fileURLToPath } from 'node:url';
import path from 'node:path';

/** Absolute path of the checkout; the tools work from here whatever the current folder is. */
export const houseRoot = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Absolute path of something inside the checkout.
 *
 * @param {...string} parts
 * @returns {string}
 */
export function inHouse(...parts) {
  return path.join(houseRoot, ...parts);
}

/** Where the tools keep what can be made again: locks, build fingerprints, the media worker. Never committed. */
export const cacheFolder = inHouse('.cache');
